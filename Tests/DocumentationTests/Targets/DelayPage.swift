import DeviceMapperTargets
import Testing

/// What the documentation shows of `delay`.
struct DelayPage {
  @Test func `the example of the page prints what it says`() throws {
    let disk = DeviceReference.number(Device(major: 8, minor: 16))
    let params = try DelayTargetParams(
      read: DelayTargetParams.Route(device: disk, start: 0, delay: 0),
      write: DelayTargetParams.Route(device: disk, start: 0, delay: 500))
    let line = TargetLine(start: 0, length: 204_800, params)
    print(line)  // 0 204800 delay 8:16 0 0 8:16 0 500
    print(params.flushInEffect.delay)  // 500

    let status = try DelayStatus(parsing: "0 12 1")
    print(status.writes, status.health)  // 12 healthy

    #expect("\(line)" == "0 204800 delay 8:16 0 0 8:16 0 500")
    #expect(params.flushInEffect.delay == 500)
    #expect("\(status.writes) \(status.health)" == "12 healthy")
  }
}
