import DeviceMapperTargets
import Testing

/// What the documentation shows of `integrity`.
struct IntegrityPage {
  @Test func `the example of the page prints what it says`() throws {
    var features = IntegrityFeatures()
    features.internalHash = IntegrityAlgorithm("crc32c")
    features.recalculation = .resumed
    let params = try IntegrityTargetParams(
      device: .number(Device(major: 8, minor: 16)), mode: .bitmap, features: features)
    let line = TargetLine(start: 0, length: 16_384, params)
    print(line)  // 0 16384 integrity 8:16 0 - B 2 recalculate internal_hash:crc32c

    let status = try IntegrityStatus(parsing: "2 16384 8192")
    print(status.mismatches, status.providedSectors)  // 2 16384 sectors
    print(status.health)  // degraded: 2 checksum mismatches (recalculate 50 %)

    #expect(
      "\(line)" == "0 16384 integrity 8:16 0 - B 2 recalculate internal_hash:crc32c")
    #expect("\(status.mismatches) \(status.providedSectors)" == "2 16384 sectors")
    #expect("\(status.health)" == "degraded: 2 checksum mismatches (recalculate 50 %)")
  }
}
