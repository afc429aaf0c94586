public import DeviceMapperTargets
import SystemPackage

extension DmDevice {
  /// Creates a device and activates it; a step that fails is undone.
  ///
  /// - Parameters:
  ///   - dm: The context.
  ///   - name: The name of the device.
  ///   - uuid: Its uuid, which can also be set later, once.
  ///   - table: Its table.
  ///   - readOnly: Whether the device can't be written; a `verity` device never can.
  ///   - options: For a device that only other devices use, ``DmOptions/privateDevice``: udev then
  ///     neither probes it nor links to it.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name or uuid is taken.
  public static func create(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, table: TargetTable<Content>,
    readOnly: Bool = false, options: DmOptions = DmOptions()
  ) async throws(DmError) -> DmDevice {
    var flags: DmFlags = readOnly || table.isReadOnly ? [.readOnly] : []
    let device = DmDevice(dm, name)
    do { _ = try dm.deviceCreate(name, uuid: uuid, options: DmOptions(flags: flags)) } catch {
      guard error.errno == .resourceBusy else { throw error }
      throw DmError(.exists, command: .deviceCreate, device: .name(name), errno: error.errno)
    }
    do {
      if table.holdsKeys { flags.insert(.secureData) }
      try dm.tableLoad(device.id, table, options: DmOptions(flags: flags))
      _ = try await dm.resume(device.id, options, mayWait: false)
    } catch {
      throw await error.undoing { await device.remove(undoing: &$0, options) }
    }
    return device
  }

  /// Adopts a device that has an equivalent table, finishes one that was never resumed, or creates it.
  ///
  /// Tables are equivalent if everything is equal that the kernel reports, once paths have become
  /// device numbers and what the kernel fills in is filled in.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/mismatch`` and both tables, or both uuids, if there is
  ///   another device of this name.
  public static func setup(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, table: TargetTable<Content>,
    readOnly: Bool = false, options: DmOptions = DmOptions()
  ) async throws(DmError) -> DmDevice {
    let device = DmDevice(dm, name)
    let info: DeviceInfo
    do { info = try device.info() } catch  where error.errno == .noSuchAddressOrDevice {
      return try await create(
        dm, name, uuid: uuid, table: table, readOnly: readOnly, options: options)
    }
    guard info.uuid == uuid else {
      throw DmError(
        .mismatch, device: device.id, context: .uuids(described: uuid, found: info.uuid))
    }
    if info.hasActiveTable {
      try device.require(table, flags: [])
    } else if info.hasInactiveTable {
      try device.require(table, flags: [.queryInactiveTable])
      try await device.resume(options: options)
    } else {
      try await device.setTable(table, readOnly: readOnly, options: options)
    }
    return device
  }

  /// Replaces the table: loads it, then resumes, with which the kernel exchanges the two.
  ///
  /// Nothing is suspended before the load, which under memory pressure could wait for I/O to the
  /// very device. If the resume fails, the loaded table is dropped again and the device goes on with
  /// its old one. What is on the device is the caller's to keep track of; nothing is copied.
  public func setTable(
    _ table: TargetTable<Content>, readOnly: Bool = false, options: DmOptions = DmOptions()
  ) async throws(DmError) {
    var flags: DmFlags = readOnly || table.isReadOnly ? [.readOnly] : []
    if table.holdsKeys { flags.insert(.secureData) }
    let info = try dm.tableLoad(id, table, options: DmOptions(flags: flags))
    try await activate(info, options)
  }

  /// Gives the device a table back that it had; nothing happens where it had none, as the kernel has
  /// no way back to that.
  func restore(_ table: SavedTable, _ options: DmOptions) async throws(DmError) {
    if let info = try table.load(dm, id) { try await activate(info, options) }
  }

  /// Resumes the device with the table that was loaded, or drops that again.
  ///
  /// - Parameter info: The state of the device when the table was loaded.
  private func activate(_ info: DeviceInfo, _ options: DmOptions) async throws(DmError) {
    do { try await resume(options: options) } catch {
      throw await takingBack(error, info, options)
    }
  }

  /// Makes sure that a name is free before anything is done that can't be undone.
  static func requireAbsent(_ dm: DM, _ name: DmName) throws(DmError) {
    if try dm.deviceExists(.name(name)) {
      throw DmError(.exists, command: .deviceCreate, device: .name(name))
    }
  }

  /// Replaces the table like ``setTable(_:readOnly:options:)``, by a suspension of its own.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - flags: How the device is suspended.
  ///   - options: How it is resumed.
  ///   - check: A look at the suspended device, which may object.
  func setTable<Other>(
    _ table: TargetTable<Other>, suspending flags: DmFlags, _ options: DmOptions,
    check: () throws(DmError) -> Void = { () throws(DmError) in }
  ) async throws(DmError) {
    let info = try dm.tableLoad(id, table)
    do throws(DmError) {
      try await suspend(options: DmOptions(flags: flags))
      try check()
      try await resume(options: options)
    } catch {
      throw await takingBack(error, info, options)
    }
  }

  /// Drops a table that was loaded, and lets the device go on with its old one.
  ///
  /// - Parameter info: The state of the device when the table was loaded.
  private func takingBack(
    _ error: DmError, _ info: DeviceInfo, _ options: DmOptions
  ) async -> DmError {
    await error.undoing { error in
      do throws(DmError) { try dm.tableClear(id) } catch let failure
        where failure.isOfPresentDevice
      {
        error.notUndone.append(.inactiveTable(name, failure))
      } catch {}
      // The kernel checks some things only when it exchanges the tables, and leaves the device
      // suspended then.
      if !info.isSuspended { await resume(undoing: &error, options) }
    }
  }

  /// Makes sure that the kernel's table is equivalent to the described one.
  private func require(
    _ described: TargetTable<Content>, flags: DmFlags
  ) throws(DmError) {
    let mayHoldKeys = described.holdsKeys || Self.mayHoldKeys
    try dm.table(id, flags: flags, mayHoldKeys: mayHoldKeys) { found throws(DmError) in
      if let table = try? found.table(of: Content.self),
        try table.normalized() == described.normalized()
      {
        return
      }
      throw DmError(
        .mismatch, device: id,
        context: .tables(
          described: described.lines.map(\.withoutKeys), found: found.lines.map(\.withoutKeys)))
    }
  }
}

/// Parts of ``DmError/undoing(_:)``.
extension DmDevice {
  /// Removes the device.
  ///
  /// A device that is gone, whoever removed it and whatever udev makes of it, isn't left.
  func remove(undoing error: inout DmError, _ options: DmOptions) async {
    let options = DmOptions(cookie: options.cookie, udev: options.udev, retry: options.retry)
    do throws(DmError) { try await remove(options: options) } catch let failure {
      if (try? dm.deviceExists(id)) == false { return }
      error.notUndone.append(.device(name, failure))
    }
  }

  /// Resumes the device.
  ///
  /// A device that runs already, whatever udev makes of it, or that is gone isn't left suspended.
  func resume(undoing error: inout DmError, _ options: DmOptions = DmOptions()) async {
    let options = DmOptions(cookie: options.cookie, udev: options.udev)
    do throws(DmError) {
      let info = try info()
      if info.isSuspended, info.hasActiveTable { try await resume(options: options) }
    } catch let failure where failure.isOfPresentDevice {
      if (try? info().isSuspended) == false { return }
      error.notUndone.append(.suspended(name, failure))
    } catch {}
  }
}

extension DmDevice {
  /// Resumes the device that an operation has suspended; where that fails, tries once more.
  func resumeAgain() async throws(DmError) {
    do { try await resume() } catch {
      throw await error.undoing { await resume(undoing: &$0) }
    }
  }
}

extension DmError {
  /// Whether the device may still be there: the kernel didn't say that there is none.
  fileprivate var isOfPresentDevice: Bool { errno != .noSuchAddressOrDevice }
}

extension TargetLine {
  /// The line as text with its keys as zeros, in memory of its own.
  fileprivate var withoutKeys: TargetLine<VerbatimTarget> {
    var text = TextWriter(hidingKeys: true)
    content.write(to: &text)
    return TargetLine<VerbatimTarget>(
      start: start, length: length, VerbatimTarget(content.targetType, text.text))
  }
}

extension TargetTable {
  /// Whether a line may hold a key, for which the kernel is told to wipe its copy of the request.
  var holdsKeys: Bool { lines.contains { $0.content.targetType.mayHoldKey } }

  /// Whether the kernel takes the table for a device only that can't be written.
  var isReadOnly: Bool { lines.contains { $0.content.targetType == .verity } }
}

extension TargetType {
  /// Whether tables or messages of the target may hold a key.
  var mayHoldKey: Bool {
    switch self {
    case .crypt, .inlinecrypt, .integrity: true
    default: false
    }
  }
}
