import DeviceMapperTargets
import Testing

/// What the documentation shows of `switch`.
struct SwitchPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try SwitchTargetParams(
      regionSize: 128,
      paths: [
        SwitchTargetParams.Path(device: .number(Device(major: 8, minor: 16)), start: 0),
        SwitchTargetParams.Path(device: .number(Device(major: 8, minor: 32)), start: 0),
      ])
    let line = TargetLine(start: 0, length: 1_048_576, params)
    print(line)  // 0 1048576 switch 2 128 0 8:16 0 8:32 0

    let message = SwitchMessage.setRegionMappings([
      .region(10, path: 0), .next(path: 1), .repeat(period: 2, count: 16),
    ])
    print(message.text)  // set_region_mappings a:0 :1 R2,10

    #expect("\(line)" == "0 1048576 switch 2 128 0 8:16 0 8:32 0")
    #expect("\(message.text)" == "set_region_mappings a:0 :1 R2,10")
  }
}
