import DeviceMapperTargets
import Testing

/// What the documentation shows of `cache`.
struct CachePage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try CacheTargetParams(
      metadataDevice: .number(Device(major: 8, minor: 16)),
      cacheDevice: .number(Device(major: 8, minor: 32)),
      originDevice: .number(Device(major: 8, minor: 48)),
      cacheBlockSize: Sectors("64 KiB"), features: CacheFeatures(mode: .writethrough))
    let line = TargetLine(start: 0, length: 8_388_608, params)
    print(line)  // 0 8388608 cache 8:16 8:32 8:48 128 1 writethrough default 0

    let status = try CacheDevStatus(
      parsing: "8 27/4096 128 512/1024 300 100 40 10 0 512 3 1 writethrough "
        + "2 migration_threshold 2048 smq 0 rw -")
    if case .working(let cache) = status {
      print(cache.usage.cache, cache.performance.dirty)  // 512/1024 3 data blocks
      print(cache.performance.readHitFraction ?? 0)  // 0.75
    }
    print(status.health)  // healthy

    #expect("\(line)" == "0 8388608 cache 8:16 8:32 8:48 128 1 writethrough default 0")
    guard case .working(let cache) = status else {
      Issue.record("no cache that works")
      return
    }
    #expect("\(cache.usage.cache) \(cache.performance.dirty)" == "512/1024 3 data blocks")
    #expect(cache.performance.readHitFraction == 0.75)
    #expect("\(status.health)" == "healthy")
  }
}
