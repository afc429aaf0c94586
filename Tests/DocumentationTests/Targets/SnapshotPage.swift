import DeviceMapperTargets
import Testing

/// What the documentation shows of `snapshot`.
struct SnapshotPage {
  @Test func `the example of the page prints what it says`() throws {
    let store = try SnapshotStore(
      device: .number(Device(major: 8, minor: 32)), persistence: .persistentWithOverflow,
      chunkSize: 16)
    let params = SnapshotTargetParams(origin: .number(Device(major: 253, minor: 0)), store: store)
    let line = TargetLine(start: 0, length: 2_097_152, params)
    print(line)  // 0 2097152 snapshot 253:0 8:32 PO 16

    let status = try SnapshotStatus(parsing: "1296/65536 16")
    if case .active(let usage) = status {
      print(usage.allocation.free.iec, usage.data)  // 31.37 MiB 1280 sectors
    }
    let merge = try SnapshotMergeStatus(parsing: "16/65536 16")
    print(merge.isComplete, status.health)  // true healthy

    #expect("\(line)" == "0 2097152 snapshot 253:0 8:32 PO 16")
    guard case .active(let usage) = status else {
      Issue.record("no snapshot that works")
      return
    }
    #expect("\(usage.allocation.free.iec) \(usage.data)" == "31.37 MiB 1280 sectors")
    #expect("\(merge.isComplete) \(status.health)" == "true healthy")
  }
}
