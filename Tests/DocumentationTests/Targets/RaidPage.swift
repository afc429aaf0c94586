import DeviceMapperTargets
import Testing

/// What the documentation shows of `raid`.
struct RaidPage {
  @Test func `the example of the page prints what it says`() throws {
    let devices: [RaidTargetParams.Member?] = [16, 32, 48].map {
      RaidTargetParams.Member(metadata: nil, data: .number(Device(major: 8, minor: $0)))
    }
    let params = try RaidTargetParams(type: .raid5LeftSymmetric, chunkSize: 128, devices: devices)
    let line = TargetLine(start: 0, length: 2_097_152, params)
    print(line)  // 0 2097152 raid raid5_ls 1 128 3 - 8:16 - 8:32 - 8:48

    let status = try RaidStatus(parsing: "raid5_ls 3 AaA 262144/1048576 recover 0 0 -")
    print(status.devices[1], status.progress)  // out_of_sync 262144/1048576
    print(status.health)  // degraded: device 1 not in sync (recover 25 %)

    #expect("\(line)" == "0 2097152 raid raid5_ls 1 128 3 - 8:16 - 8:32 - 8:48")
    #expect("\(status.devices[1]) \(status.progress)" == "out_of_sync 262144/1048576")
    #expect("\(status.health)" == "degraded: device 1 not in sync (recover 25 %)")
  }
}
