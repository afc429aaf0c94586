import DeviceMapperTargets
import Testing

/// What the documentation shows of `flakey`.
struct FlakeyPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try FlakeyTargetParams(
      device: .number(Device(major: 8, minor: 16)), start: 0, up: 59, down: 1,
      features: FlakeyFeatures(writes: .drop))
    let line = TargetLine(start: 0, length: 204_800, params)
    print(line)  // 0 204800 flakey 8:16 0 59 1 1 drop_writes
    print(FlakeyFeatures().inEffect.failsReads)  // true

    let status = try TargetLine<AnyStatus>(parsing: "0 204800 flakey ")
    print(status.content.health)  // healthy

    #expect("\(line)" == "0 204800 flakey 8:16 0 59 1 1 drop_writes")
    #expect(FlakeyFeatures().inEffect.failsReads)
    #expect("\(status.content.health)" == "healthy")
  }
}
