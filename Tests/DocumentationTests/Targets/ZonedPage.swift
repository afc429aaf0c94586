import DeviceMapperTargets
import Testing

/// What the documentation shows of `zoned`.
struct ZonedPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try ZonedTargetParams(devices: [
      .number(Device(major: 259, minor: 0)), .number(Device(major: 8, minor: 16)),
    ])
    let line = TargetLine(start: 0, length: 2_097_152, params)
    print(line)  // 0 2097152 zoned 259:0 8:16

    let status = try ZonedStatus(parsing: "80 zones 14/14 cache 3/3 random 50/56 sequential")
    print(status.zones, status.groups[0].sequential.usage)  // 80 zones 6/56
    print(status.health)  // healthy

    #expect("\(line)" == "0 2097152 zoned 259:0 8:16")
    #expect("\(status.zones) \(status.groups[0].sequential.usage)" == "80 zones 6/56")
    #expect("\(status.health)" == "healthy")
  }
}
