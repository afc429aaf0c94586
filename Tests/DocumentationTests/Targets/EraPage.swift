import DeviceMapperTargets
import Testing

/// What the documentation shows of `era`.
struct EraPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try EraTargetParams(
      metadataDevice: .number(Device(major: 8, minor: 16)),
      originDevice: .number(Device(major: 8, minor: 32)), blockSize: Sectors("64 KiB"))
    let line = TargetLine(start: 0, length: 2_097_152, params)
    print(line)  // 0 2097152 era 8:16 8:32 128

    let status = try EraStatus(parsing: "8 26/1024 3 -")
    if case .working(let era) = status {
      print(era.currentEra, era.metadata.free)  // 3 998 meta blocks
    }
    print(status.health)  // healthy

    #expect("\(line)" == "0 2097152 era 8:16 8:32 128")
    guard case .working(let era) = status else {
      Issue.record("no target that works")
      return
    }
    #expect("\(era.currentEra) \(era.metadata.free)" == "3 998 meta blocks")
    #expect("\(status.health)" == "healthy")
  }
}
