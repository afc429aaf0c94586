public import DeviceMapperTargets

/// Devices of one target, from its parameters.
extension DmDevice where Content: TargetParams {
  /// Creates a device of one target and activates it; a step that fails is undone.
  ///
  /// - Parameters:
  ///   - dm: The context.
  ///   - name: The name of the device.
  ///   - uuid: The uuid of the device.
  ///   - parameters: The target's parameters.
  ///   - length: The length of the device.
  ///   - readOnly: Whether the device can't be written; a `verity` device never can.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name or uuid is taken.
  public static func create(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: Content, length: Sectors,
    readOnly: Bool = false, options: DmOptions = DmOptions()
  ) async throws(DmError) -> DmDevice {
    let table = try table(name, length, parameters)
    return try await create(
      dm, name, uuid: uuid, table: table, readOnly: readOnly, options: options)
  }

  /// Adopts a device that has an equivalent table, finishes one that was never resumed, or creates it.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/mismatch`` and both tables, or both uuids, if there is
  ///   another device of this name.
  public static func setup(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: Content, length: Sectors,
    readOnly: Bool = false, options: DmOptions = DmOptions()
  ) async throws(DmError) -> DmDevice {
    let table = try table(name, length, parameters)
    return try await setup(
      dm, name, uuid: uuid, table: table, readOnly: readOnly, options: options)
  }

  /// Replaces the parameters, and the length if one is given: loads a table, then resumes.
  public func setParameters(
    _ parameters: Content, length: Sectors? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) {
    let length = if let length { length } else { try size() }
    try await setTable(Self.table(name, length, parameters), options: options)
  }

  /// Waits until the status is as wanted, and returns it.
  ///
  /// Not every target sends an event when it is done, so the status is asked for at an interval; see
  /// ``DM/deviceWait(_:after:options:)`` for those that do.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/cancelled`` if the task is cancelled.
  @discardableResult
  public func wait(
    every interval: Duration = .milliseconds(100), until isReached: (Content.Status) -> Bool
  ) async throws(DmError) -> Content.Status {
    while true {
      let status = try status()
      if isReached(status) { return status }
      try? await ContinuousClock().sleep(for: interval)
      if Task.isCancelled { throw DmError(.cancelled, device: id) }
    }
  }
}
