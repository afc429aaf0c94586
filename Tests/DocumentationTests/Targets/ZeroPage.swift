import DeviceMapperTargets
import Testing

/// What the documentation shows of `zero`.
struct ZeroPage {
  @Test func `the example of the page prints what it says`() throws {
    let line = try TargetLine(start: 0, length: Sectors("1 TiB"), ZeroTargetParams())
    print(line)  // 0 2147483648 zero

    let status = try TargetLine<AnyStatus>(parsing: "0 2147483648 zero ")
    print(status.content.health)  // healthy

    #expect("\(line)" == "0 2147483648 zero")
    #expect("\(status.content.health)" == "healthy")
  }
}
