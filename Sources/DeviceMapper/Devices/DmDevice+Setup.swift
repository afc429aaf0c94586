package import DeviceMapperTargets
import SystemPackage

extension DmDevice {
  /// Creates a device with a table and activates it; a step that fails is undone.
  package static func activate(
    _ dm: DM, _ name: DmName, uuid: DmUuid?, table: TargetTable<Content>, readOnly: Bool = false,
    options: DmOptions
  ) async throws(DmError) -> Self {
    let flags: DmFlags = readOnly ? [.readOnly] : []
    let device = Self(dm, name)
    do { _ = try dm.deviceCreate(name, uuid: uuid, options: DmOptions(flags: flags)) } catch {
      guard error.errno == .resourceBusy else { throw error }
      throw DmError(.exists, command: .deviceCreate, device: .name(name), errno: error.errno)
    }
    do {
      try dm.tableLoad(device.id, table, options: DmOptions(flags: flags))
      _ = try await dm.resume(device.id, options, mayWait: false)
    } catch {
      var error = error
      if let failure = await device.removeUndoing(options) {
        error.notUndone.append(.device(name, failure))
      }
      throw error
    }
    return device
  }

  /// Adopts a device with an equivalent table, finishes a half-made one, or creates it.
  package static func adopt(
    _ dm: DM, _ name: DmName, uuid: DmUuid?, table: TargetTable<Content>, options: DmOptions
  ) async throws(DmError) -> Self {
    let device = Self(dm, name)
    let info: DeviceInfo
    do { info = try device.info() } catch  where error.errno == .noSuchAddressOrDevice {
      return try await activate(dm, name, uuid: uuid, table: table, options: options)
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
      try await device.replaceTable(table, options: options)
    }
    return device
  }

  /// Makes sure that the kernel's table is equivalent to the described one.
  private func require(
    _ described: TargetTable<Content>, flags: DmFlags
  ) throws(DmError) {
    let found = try dm.table(id, options: DmOptions(flags: flags))
    if let table = try? found.table(of: Content.self),
      try table.normalized() == described.normalized()
    {
      return
    }
    throw DmError(
      .mismatch, device: id,
      context: .tables(described: described.verbatim.lines, found: found.lines))
  }

  /// Removes the device as the undoing of a step, which a cancelled task does all the same.
  ///
  /// - Returns: The reason why the device is still there, or `nil` if it isn't.
  private func removeUndoing(_ options: DmOptions) async -> DmError? {
    let device = self
    return await Task { () -> DmError? in
      do throws(DmError) {
        try await device.remove(
          options: DmOptions(cookie: options.cookie, udev: options.udev, retry: options.retry))
        return nil
      } catch {
        // udev may take longer; the device is gone.
        return error.code == .udevTimeout ? nil : error
      }
    }.value
  }
}
