public import DeviceMapperTargets

/// Copies of the same data, the older way to ``RaidDev`` with `raid1`.
public typealias MirrorDev = DmDevice<MirrorTargetParams>

extension DmDevice<MirrorTargetParams> {
  /// Waits until all copies agree.
  ///
  /// - Parameter interval: How often to ask; ``DeviceMapperTargets/MirrorStatus/inSync`` says how far it
  ///   is meanwhile.
  /// - Throws: ``DmError`` with ``DmError/Code/degraded`` if a leg has failed, as the mirror then never
  ///   gets there; with ``DmError/Code/cancelled`` if the task is cancelled.
  @discardableResult
  public func waitUntilInSync(
    every interval: Duration = .milliseconds(100)
  ) async throws(DmError) -> MirrorStatus {
    let status = try await wait(every: interval) { status in
      status.isInSync || status.legs.contains { $0.state != .alive }
    }
    guard status.isInSync else { throw DmError(.degraded, device: id) }
    return status
  }

  /// Puts another device in the place of a leg and has everything copied to it: loads a table, then
  /// resumes.
  ///
  /// Writes that wait for a leg that has failed go on. The kernel copies from the first leg, so when that is the one that is replaced, the second one
  /// becomes the first, and the new one the second. If the first leg has failed before the mirror was
  /// ever in sync, the second hasn't all of the data; the kernel doesn't tell that.
  ///
  /// - Parameters:
  ///   - index: The leg, counted from 0.
  ///   - leg: The device that takes its place; what is on it is lost.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/invalidParameters`` if there is no such leg, with
  ///   ``DmError/Code/degraded`` if the leg to copy from has failed or has itself not all of the data.
  public func replaceLeg(
    _ index: Int, with leg: MirrorTargetParams.Leg, options: DmOptions = DmOptions()
  ) async throws(DmError) {
    let old = try parameters()
    var legs = old.legs
    guard legs.indices.contains(index) else {
      throw DmError(
        .invalidParameters, device: id,
        context: .parameters(
          ParameterError(.mirror, "leg", rule: "from 0 to \(legs.count - 1)")))
    }
    let status = try status()
    let source = index == 0 ? 1 : 0
    // A first leg that has failed can't be in sync, and the second is all that there is.
    let isComplete = status.inSync.used == status.inSync.total || status.legs[0].state != .alive
    guard status.legs[source].state == .alive, source == 0 || isComplete else {
      throw DmError(.degraded, device: id)
    }
    legs[index] = leg
    if index == 0 { legs.swapAt(0, 1) }
    let parameters: MirrorTargetParams
    do {
      parameters = try MirrorTargetParams(
        log: old.log.forcingSynchronization, legs: legs, handlesErrors: old.handlesErrors,
        keepsLog: old.keepsLog, unknown: old.unknown)
    } catch { throw DmError(.invalidParameters, device: id, context: .parameters(error)) }
    let table = try Self.table(name, size(), parameters)
    // Writes that wait because of the failed leg go to the new one; with a flush, they would fail.
    try await setTable(table, suspending: .noFlush, options)
  }
}

extension MirrorLog {
  /// The log, told that nothing is in sync.
  fileprivate var forcingSynchronization: MirrorLog {
    switch self {
    case .core(var log):
      log.synchronization = .sync
      return .core(log)
    case .disk(var log):
      log.synchronization = .sync
      return .disk(log)
    case .userspace, .other: return self
    }
  }
}
