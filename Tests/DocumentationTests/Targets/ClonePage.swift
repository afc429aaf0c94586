import DeviceMapperTargets
import Testing

/// What the documentation shows of `clone`.
struct ClonePage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try CloneTargetParams(
      metadataDevice: .number(Device(major: 8, minor: 16)),
      destinationDevice: .number(Device(major: 8, minor: 32)),
      sourceDevice: .number(Device(major: 8, minor: 48)), regionSize: 8,
      options: CloneOptions(isHydrating: false))
    let line = TargetLine(start: 0, length: 32_768, params)
    print(line)  // 0 32768 clone 8:16 8:32 8:48 8 1 no_hydration

    let status = try CloneStatus(
      parsing: "8 19/2048 8 1024/4096 4 0 "
        + "4 hydration_threshold 1 hydration_batch_size 1 rw")
    if case .working(let clone) = status {
      print(clone.hydrated, clone.isComplete)  // 1024/4096 false
    }
    print(status.health)  // healthy (hydration 25 %)

    #expect("\(line)" == "0 32768 clone 8:16 8:32 8:48 8 1 no_hydration")
    guard case .working(let clone) = status else {
      Issue.record("no clone that works")
      return
    }
    #expect("\(clone.hydrated) \(clone.isComplete)" == "1024/4096 false")
    #expect("\(status.health)" == "healthy (hydration 25 %)")
  }
}
