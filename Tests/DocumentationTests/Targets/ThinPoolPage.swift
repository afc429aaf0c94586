import DeviceMapperTargets
import Testing

/// What the documentation shows of `thin-pool`.
struct ThinPoolPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try ThinPoolTargetParams(
      metadataDevice: .number(Device(major: 8, minor: 16)),
      dataDevice: .number(Device(major: 8, minor: 32)),
      dataBlockSize: Sectors("64 KiB"), lowWaterMark: 512,
      features: ThinPoolFeatures(noSpacePolicy: .error))
    let line = TargetLine(start: 0, length: 8_388_608, params)
    print(line)  // 0 8388608 thin-pool 8:16 8:32 128 512 1 error_if_no_space

    let status = try ThinPoolStatus(
      parsing: "7 1652/16384 512/65536 - rw discard_passdown error_if_no_space - 1024")
    if case .working(let pool) = status {
      print(pool.data.free, pool.metadata)  // 65024 data blocks 1652/16384
    }
    print(status.health)  // healthy

    #expect("\(line)" == "0 8388608 thin-pool 8:16 8:32 128 512 1 error_if_no_space")
    guard case .working(let pool) = status else {
      Issue.record("no pool that works")
      return
    }
    #expect("\(pool.data.free) \(pool.metadata)" == "65024 data blocks 1652/16384")
    #expect("\(status.health)" == "healthy")
  }
}
