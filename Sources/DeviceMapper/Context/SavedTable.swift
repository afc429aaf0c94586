import DeviceMapperTargets
import Synchronization

/// The table that a device had, to be loaded again at most once; its memory is wiped before it goes
/// away, as it may hold keys.
final class SavedTable: Sendable {
  /// The state of the device when the table was saved.
  let info: DeviceInfo
  /// The request that loads the table; `nil` where the device had none, or it was loaded.
  private let request: Mutex<TableWriter?>

  fileprivate init(_ info: DeviceInfo, _ request: consuming sending TableWriter?) {
    self.info = info
    self.request = Mutex(request)
  }

  /// Loads the table into the inactive slot of a device that has the name of the one before.
  ///
  /// - Returns: The state of the device; `nil` where there is nothing to load.
  func load(_ dm: DM, _ id: DevId) throws(DmError) -> DeviceInfo? {
    guard var table = takeRequest() else { return nil }
    let flags: DmFlags = info.isReadOnly ? [.readOnly, .secureData] : [.secureData]
    return try dm.load(id, &table, DmOptions(flags: flags))
  }

  private func takeRequest() -> sending TableWriter? { request.withLock { $0.take() } }

  deinit {
    guard var table = takeRequest() else { return }
    var bytes = table.take()
    bytes.wipe()
  }
}

extension DM {
  /// Saves the table that a device has, for the case that a later step fails.
  func savedTable(_ id: DevId) throws(DmError) -> SavedTable {
    let request = Request(.tableStatus, id, flags: [.statusTable, .secureData])
    return try exchange(request) { (reply, buffer) throws(ReplyError) in
      let info = try DeviceInfo(reply)
      // Copied while the reply is there, so that no line keeps its memory from being wiped.
      let lines = try reply.lines(sharing: buffer)
      var table = TableWriter(lines: lines.count, [.secureData])
      for line in lines { table.append(line) }
      return SavedTable(info, table.lineCount > 0 ? table : nil)
    }
  }
}
