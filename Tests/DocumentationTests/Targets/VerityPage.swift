import DeviceMapperTargets
import Testing

/// What the documentation shows of `verity`.
struct VerityPage {
  @Test func `the example of the page prints what it says`() throws {
    let table = try TargetTable<VerityTargetParams>(
      parsing: "0 2048 verity 1 8:16 8:32 4096 4096 256 1 sha256 "
        + "64c9aa0e1e8a1f3d5d3b2a0f7c6e5d4c3b2a19080706050403020100ffeeddcc - "
        + "1 panic_on_corruption")
    var params = table.lines[0].content
    params.options.corruptionMode = .restart
    print(params.dataDevice, params.dataBlocks, params.algorithm)  // 8:16 256 data blocks sha256
    print(params.options.corruptionMode?.keyword ?? "")  // restart_on_corruption

    let status = try VerityStatus(parsing: "V 3")
    print(status.health)  // degraded: 3 blocks repaired

    #expect(
      "\(params.dataDevice) \(params.dataBlocks) \(params.algorithm)"
        == "8:16 256 data blocks sha256")
    #expect("\(params)".hasSuffix("ddcc - 1 restart_on_corruption"))
    #expect("\(status.health)" == "degraded: 3 blocks repaired")
  }
}
