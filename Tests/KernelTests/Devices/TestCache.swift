import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

/// A cache, with metadata and a cache of 16 MiB on one disk and an origin of 48 MiB on the other.
struct TestCache {
  let dm: DM
  let metadata: LinearDev
  let fast: LinearDev
  let origin: LinearDev
  let cache: CacheDev

  /// Creates a cache of fresh metadata.
  init(_ dm: DM, mode: CacheMode = .writethrough) async throws {
    let (first, second) = try await TestDisk.two()
    self.dm = dm
    let parts = try await first.cut(dm, ["metadata": 8192, "fast": 32768])
    (metadata, fast) = (parts[0], parts[1])
    origin = try await second.cut(dm, ["origin": 98304])[0]
    cache = try await CacheDev.create(
      dm, .test("cache"),
      CacheTargetParams(
        metadataDevice: metadata.reference, cacheDevice: fast.reference,
        originDevice: origin.reference, cacheBlockSize: 128,
        features: CacheFeatures(mode: mode), policy: CachePolicy(.smq)))
  }

  /// What the cache says of itself.
  func working() throws -> CacheDevWorkingStatus {
    let status = try cache.status()
    if case .working(let working) = status { return working }
    return try #require(nil, "the cache says \(status)")
  }
}
