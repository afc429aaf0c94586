import DeviceMapperTargets

/// What the kernel says of a device beside its entry in the list.
struct DeviceReading {
  /// The header of the reply.
  var info: DeviceInfo
  /// The targets; none where the device has no table.
  var targets: [TargetState]
  /// A number that changes with the table; `nil` where the table wasn't asked for.
  var tableHash: Int?

  /// Reads a device.
  ///
  /// - Parameter needsTable: Whether the table is read, if that isn't needed for a pool anyway.
  init(_ dm: DM, _ device: Device, needsTable: Bool) throws(DmError) {
    let status = try dm.tableStatus(.device(device), options: DmOptions(flags: .noFlush))
    info = status.info
    targets = status.lines.map { line in
      // A status that can't be read is better kept as text than lost with all others.
      let typed = (try? line.parsed(as: AnyStatus.self))?.content
      return TargetState(start: line.start, typed ?? .other(line.content))
    }
    let hasPool = targets.contains { $0.status.targetType == .thinPool }
    guard needsTable || hasPool else { return }
    let table = try dm.tableOutline(of: device)
    tableHash = table.hash
    for index in targets.indices { targets[index].pool = table.pools[targets[index].start] }
  }

  /// Makes a reading from its parts.
  init(info: DeviceInfo, targets: [TargetState], tableHash: Int? = nil) {
    self.info = info
    self.targets = targets
    self.tableHash = tableHash
  }
}

extension DM {
  /// A hash of a device's table, and the lines of pools in it.
  ///
  /// Nothing else of the table is kept, and the kernel's reply is wiped: it may hold keys.
  fileprivate func tableOutline(
    of device: Device
  ) throws(DmError) -> (hash: Int, pools: [Sectors: ThinPoolTargetParams]) {
    let request = Request(
      .tableStatus, .device(device), flags: [.statusTable, .noFlush, .secureData])
    return try exchange(request) { (reply, buffer) throws(ReplyError) in
      var hasher = Hasher()
      var pools: [Sectors: ThinPoolTargetParams] = [:]
      for line in try reply.lines(sharing: buffer) {
        hasher.combine(line)
        if line.content.targetType == .thinPool {
          pools[line.start] = (try? line.parsed(as: ThinPoolTargetParams.self))?.content
        }
      }
      return (hasher.finalize(), pools)
    }
  }
}
