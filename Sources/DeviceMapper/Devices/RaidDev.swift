public import DeviceMapperTargets

/// A RAID: one device over several, which outlives the loss of some.
public typealias RaidDev = DmDevice<RaidTargetParams>

extension DmDevice<RaidTargetParams> {
  /// Waits until every leg is in sync and nothing is going on.
  ///
  /// - Parameter interval: How often to ask; ``DeviceMapperTargets/RaidStatus/progress`` says how far
  ///   it is meanwhile.
  /// - Throws: ``DmError`` with ``DmError/Code/degraded`` if a leg has failed, as the array then
  ///   never gets there; with ``DmError/Code/cancelled`` if the task is cancelled.
  @discardableResult
  public func waitUntilInSync(
    every interval: Duration = .milliseconds(100)
  ) async throws(DmError) -> RaidStatus {
    let status = try await wait(every: interval) { status in
      status.isInSync || status.devices.contains(.failed)
    }
    guard status.isInSync else { throw DmError(.degraded, device: id) }
    return status
  }

  /// Puts other devices in the place of a leg and has its content rebuilt: loads a table, then resumes.
  ///
  /// - Parameters:
  ///   - index: The leg, counted from 0.
  ///   - member: The devices that take its place; what is on them is lost.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/invalidParameters`` if there is no such leg or the array
  ///   can't do without it.
  public func replaceLeg(
    _ index: Int, with member: RaidTargetParams.Member, options: DmOptions = DmOptions()
  ) async throws(DmError) {
    let old = try parameters()
    var devices = old.devices
    guard devices.indices.contains(index) else {
      throw DmError(
        .invalidParameters, device: id,
        context: .parameters(
          ParameterError(.raid, "leg", rule: "from 0 to \(devices.count - 1)")))
    }
    devices[index] = member
    var arguments = old.options
    // The two say the opposite of a rebuild and are of no use once the array exists.
    arguments.synchronization = nil
    arguments.rebuild = [UInt32(index)]
    let parameters: RaidTargetParams
    do {
      parameters = try RaidTargetParams(
        type: old.type, chunkSize: old.chunkSize, options: arguments, devices: devices)
    } catch { throw DmError(.invalidParameters, device: id, context: .parameters(error)) }
    try await setParameters(parameters, options: options)
  }

  /// Reads all legs and compares them, and with `repairing` makes them equal.
  ///
  /// - Returns: The number of sectors that differ, as the kernel counts them.
  /// - Throws: ``DmError`` with `EBUSY` if the array is busy with something else.
  public func scrub(
    repairing: Bool = false, every interval: Duration = .milliseconds(100)
  ) async throws(DmError) -> UInt64 {
    try send(repairing ? .repair : .check)
    let status = try await wait(every: interval) { $0.action != .check && $0.action != .repair }
    return status.mismatches ?? 0
  }
}
