import DeviceMapperTargets
import Testing

/// What the documentation shows of `mirror`.
struct MirrorPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try MirrorTargetParams(
      log: .core(MirrorCoreLog(regionSize: 1024)),
      legs: [
        MirrorTargetParams.Leg(device: .number(Device(major: 8, minor: 16)), start: 0),
        MirrorTargetParams.Leg(device: .number(Device(major: 8, minor: 32)), start: 0),
      ],
      handlesErrors: true)
    let line = TargetLine(start: 0, length: 65_536, params)
    print(line)  // 0 65536 mirror core 1 1024 2 8:16 0 8:32 0 1 handle_errors

    let status = try MirrorStatus(parsing: "2 8:16 8:32 16/64 1 AA 1 core")
    print(status.inSync, status.isInSync)  // 16/64 false
    print(status.health)  // degraded: not in sync (resync 25 %)

    #expect("\(line)" == "0 65536 mirror core 1 1024 2 8:16 0 8:32 0 1 handle_errors")
    #expect("\(status.inSync) \(status.isInSync)" == "16/64 false")
    #expect("\(status.health)" == "degraded: not in sync (resync 25 %)")
  }
}
