import DeviceMapperTargets
import Testing

/// What the documentation shows of `unstriped`.
struct UnstripedPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try UnstripedTargetParams(
      stripeCount: 2, chunkSize: Sectors("128 KiB"), stripe: 1,
      device: .number(Device(major: 259, minor: 0)), start: 0)
    let table = try TargetTable(length: 524_288, params)
    print(table.lines[0])  // 0 524288 unstriped 2 256 1 259:0 0

    let status = try TargetLine<AnyStatus>(parsing: "0 524288 unstriped ")
    print(status.content.health)  // healthy

    #expect("\(table.lines[0])" == "0 524288 unstriped 2 256 1 259:0 0")
    #expect("\(status.content.health)" == "healthy")
  }
}
