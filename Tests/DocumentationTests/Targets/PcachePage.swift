import DeviceMapperTargets
import Testing

/// What the documentation shows of `pcache`.
struct PcachePage {
  @Test func `the example of the page prints what it says`() throws {
    let params = PcacheTargetParams(
      cacheDevice: .number(Device(major: 259, minor: 0)),
      backingDevice: .number(Device(major: 8, minor: 16)), checksData: true)
    let line = TargetLine(start: 0, length: 2_097_152, params)
    print(line)  // 0 2097152 pcache 259:0 8:16 4 cache_mode writeback data_crc true

    let status = try PcacheStatus(parsing: "0 64 60 15 70 3 2:4096 2:4096 1:0")
    print(status.usedSegments, status.flags.checksData, status.isClean)  // 15 true true
    print(status.health)  // healthy

    #expect("\(line)" == "0 2097152 pcache 259:0 8:16 4 cache_mode writeback data_crc true")
    #expect(
      "\(status.usedSegments) \(status.flags.checksData) \(status.isClean)" == "15 true true")
    #expect("\(status.health)" == "healthy")
  }
}
