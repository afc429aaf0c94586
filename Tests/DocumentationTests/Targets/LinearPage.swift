import DeviceMapperTargets
import Testing

/// What the documentation shows of `linear`.
struct LinearPage {
  @Test func `the example of the page prints what it says`() throws {
    let first = LinearTargetParams(device: .number(Device(major: 8, minor: 16)), start: 2048)
    let second = LinearTargetParams(device: .number(Device(major: 8, minor: 32)), start: 0)
    let table = try TargetTable([
      TargetLine(start: 0, length: 16_384, first),
      TargetLine(start: 16_384, length: 8_192, second),
    ])
    print(table.lines[1], table.length.iec)  // 16384 8192 linear 8:32 0 12 MiB

    let status = try TargetLine<AnyStatus>(parsing: "0 16384 linear ")
    print(status.content.health)  // healthy

    #expect("\(table.lines[1]) \(table.length.iec)" == "16384 8192 linear 8:32 0 12 MiB")
    #expect("\(status.content.health)" == "healthy")
  }
}
