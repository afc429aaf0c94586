import DeviceMapper
import DeviceMapperTargets
import TestSupport

/// A device that sends an event on demand: a path that fails, and works again.
struct EventSource {
  let dm: DM
  let id: DevId
  let path: Device

  /// Sends an event, and returns when the kernel has counted it.
  func raiseEvent() async throws {
    let before = try dm.deviceInfo(id).eventNumber
    try dm.targetMessage(id, TargetText("fail_path \(path)"))
    try dm.targetMessage(id, TargetText("reinstate_path \(path)"))
    let isCounted = try await eventually { try dm.deviceInfo(id).eventNumber > before }
    if !isCounted { throw NoEvent() }
  }
}

/// The kernel didn't count an event.
struct NoEvent: Error {}

extension DM {
  /// Creates a device that sends events.
  func makeEventSource(_ suffix: String) async throws -> EventSource {
    let (disk, _) = try await TestDisk.two()
    let text = "2 queue_mode bio 0 1 1 round-robin 0 1 1 \(disk.device) 1"
    try await make(
      suffix, TargetTable(length: 2048, .other(VerbatimTarget("multipath", TargetText(text)))))
    return EventSource(dm: self, id: .test(suffix), path: disk.device)
  }
}
