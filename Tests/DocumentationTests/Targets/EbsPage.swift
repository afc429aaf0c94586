import DeviceMapperTargets
import Testing

/// What the documentation shows of `ebs`.
struct EbsPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try EbsTargetParams(
      device: .number(Device(major: 8, minor: 16)), start: 128, emulatedBlockSize: 1,
      underlyingBlockSize: 8)
    let table = try TargetTable(length: 2_097_152, params)
    print(table.lines[0])  // 0 2097152 ebs 8:16 128 1 8

    let status = try TargetLine<AnyStatus>(parsing: "0 2097152 ebs ")
    print(status.content.health)  // healthy

    #expect("\(table.lines[0])" == "0 2097152 ebs 8:16 128 1 8")
    #expect("\(status.content.health)" == "healthy")
  }
}
