import DeviceMapperTargets
import Testing

/// What the documentation shows of `vdo`.
struct VdoPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try VdoTargetParams(
      device: .number(Device(major: 8, minor: 16)), physicalBlocks: 1_310_720,
      options: VdoOptions(compresses: true))
    let line = TargetLine(start: 0, length: 41_943_040, params)
    print(line)  // 0 41943040 vdo V4 8:16 1310720 4096 32768 16380 compression on

    let status = try VdoStatus(parsing: "/dev/sdb normal - online online 1049682 1310720")
    print(status.physical.free, status.index)  // 261038 vdo blocks online
    print(status.health)  // healthy

    #expect("\(line)" == "0 41943040 vdo V4 8:16 1310720 4096 32768 16380 compression on")
    #expect("\(status.physical.free) \(status.index)" == "261038 vdo blocks online")
    #expect("\(status.health)" == "healthy")
  }
}
