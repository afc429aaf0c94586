import DeviceMapperTargets
import Testing

/// What the documentation shows of `error`.
struct ErrorPage {
  @Test func `the example of the page prints what it says`() throws {
    let table = try TargetTable([
      TargetLine(
        start: 0, length: 2048,
        AnyTarget.linear(
          LinearTargetParams(device: .number(Device(major: 8, minor: 16)), start: 0))),
      TargetLine(start: 2048, length: 8, .error(ErrorTargetParams())),
    ])
    print(table.lines[1])  // 2048 8 error

    let status = try TargetLine<AnyStatus>(parsing: "2048 8 error ")
    print(status.content.health)  // failed: every request fails

    #expect("\(table.lines[1])" == "2048 8 error")
    #expect("\(status.content.health)" == "failed: every request fails")
  }
}
