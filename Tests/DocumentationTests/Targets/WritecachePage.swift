import DeviceMapperTargets
import Testing

/// What the documentation shows of `writecache`.
struct WritecachePage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try WritecacheTargetParams(
      kind: .ssd, originDevice: .number(Device(major: 8, minor: 16)),
      cacheDevice: .number(Device(major: 8, minor: 32)), blockSize: 4096,
      options: WritecacheOptions(highWatermark: 60, lowWatermark: 40))
    let line = TargetLine(start: 0, length: 262_144, params)
    print(line)
    // 0 262144 writecache s 8:16 8:32 4096 4 high_watermark 60 low_watermark 40

    let status = try WritecacheStatus(parsing: "0 2000 1500 8 90 30 600 0 100 0 500 0 4 0")
    print(status.usage, status.isClean)  // 500/2000 false
    print(status.statistics?.readHits ?? 0)  // 30
    print(status.health)  // healthy

    #expect(
      "\(line)" == "0 262144 writecache s 8:16 8:32 4096 4 high_watermark 60 low_watermark 40")
    #expect("\(status.usage) \(status.isClean)" == "500/2000 false")
    #expect(status.statistics?.readHits == 30)
    #expect("\(status.health)" == "healthy")
  }
}
