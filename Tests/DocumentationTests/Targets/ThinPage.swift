import DeviceMapperTargets
import Testing

/// What the documentation shows of `thin`.
struct ThinPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = ThinTargetParams(pool: .number(Device(major: 253, minor: 2)), thinId: 7)
    let line = TargetLine(start: 0, length: 2_097_152, params)
    print(line)  // 0 2097152 thin 253:2 7

    let status = try ThinStatus(parsing: "524288 1048575")
    if case .working(let volume) = status {
      print(volume.mappedSectors.iec)  // 256 MiB
      print(volume.fraction(ofLength: line.length))  // 0.25
    }
    let failed = try TargetLine<AnyStatus>(parsing: "0 2097152 thin Fail")
    print(failed.content.health)  // failed: pool failed

    #expect("\(line)" == "0 2097152 thin 253:2 7")
    guard case .working(let volume) = status else {
      Issue.record("no volume that works")
      return
    }
    #expect(volume.mappedSectors.iec == "256 MiB")
    #expect(volume.fraction(ofLength: line.length) == 0.25)
    #expect("\(failed.content.health)" == "failed: pool failed")
  }
}
