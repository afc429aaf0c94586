import DeviceMapperTargets
import Testing

/// What the documentation shows of `multipath`.
struct MultipathPage {
  @Test func `the example of the page prints what it says`() throws {
    let paths = [16, 32].map { MultipathPath(.number(Device(major: 8, minor: $0))) }
    let group = try MultipathGroup(selector: MultipathSelector(.roundRobin), paths: paths)
    let params = try MultipathTargetParams(
      features: MultipathFeatures(queuesIfNoPath: true), groups: [group], nextGroup: 1)
    let line = TargetLine(start: 0, length: 2_097_152, params)
    print(line)
    // 0 2097152 multipath 1 queue_if_no_path 0 1 1 round-robin 0 2 0 8:16 8:32

    let status = try MultipathStatus(parsing: "2 0 0 0 1 1 A 0 2 0 8:16 A 0 8:32 F 3")
    print(status.paths[1].failCount)  // 3
    print(status.health)  // degraded: path 8:32 failed

    #expect(
      "\(line)" == "0 2097152 multipath 1 queue_if_no_path 0 1 1 round-robin 0 2 0 8:16 8:32")
    #expect(status.paths[1].failCount == 3)
    #expect("\(status.health)" == "degraded: path 8:32 failed")
  }
}
