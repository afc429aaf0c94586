import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.cache)) struct Caching {
    let dm: DM

    init() throws { dm = try DM() }

    @Test func `a new cache has the figures of its parts`() async throws {
      let parts = try await TestCache(dm)
      let cache = parts.cache
      let status = try parts.working()
      #expect(status.usage.metadataBlockSize == 8)
      #expect(status.usage.metadata.used > 0)
      #expect(status.usage.cache == Usage(used: 0, total: 256))
      #expect(status.performance.dirty == 0)
      #expect(status.features.mode == .writethrough)
      #expect(status.policy.name == .smq)
      #expect(status.needsCheck == false)
      #expect(try cache.size() == 98304)
      let parameters = try cache.parameters()
      #expect(try parameters.originDevice == parts.origin.reference)
      #expect(try await CacheDev.setup(dm, .test("cache"), parameters) == cache)
    }

    @Test func `a cache over another device is not adopted`() async throws {
      let parts = try await TestCache(dm)
      let cache = parts.cache
      var other = try cache.parameters()
      other.cacheDevice = other.originDevice
      let error = await #expect(throws: DmError.self) {
        try await CacheDev.setup(dm, .test("cache"), other)
      }
      #expect(error?.code == .mismatch)
    }

    @Test func `what is dirty is written back before the cache goes`() async throws {
      let parts = try await TestCache(dm, mode: .writeback)
      let cache = parts.cache
      // Written often enough, a block is worth caching; the origin has none of it then.
      for _ in 0..<40 {
        try await run(
          "dd", "if=/dev/urandom", "of=\(cache.devnode())", "bs=64k", "count=4", "oflag=direct",
          "status=none")
        if try parts.working().performance.dirty > 0 { break }
      }
      #expect(try parts.working().performance.dirty > 0)
      let written = try await run("sha256sum", input: try await content(cache))
      try await cache.flush()
      #expect(try parts.working().performance.dirty == 0)
      #expect(try parts.working().policy.name == .smq)
      try await cache.teardown()
      let kept = try await run("sha256sum", input: try await content(parts.origin))
      #expect(written == kept)
    }

    private func content(_ device: DmDevice<some TargetContent>) async throws -> String {
      try await run(
        "sh", "-c", "dd if=\(device.devnode()) bs=64k count=4 iflag=direct status=none | base64")
    }

    @Test func `mode and policy change under a running cache`() async throws {
      let parts = try await TestCache(dm)
      let cache = parts.cache
      try await cache.setMode(.writeback)
      #expect(try parts.working().features.mode == .writeback)
      try await cache.setPolicy(CachePolicy(.cleaner))
      #expect(try parts.working().policy.name == .cleaner)
      try cache.send(.setMigrationThreshold(4096))
    }

    @Test func `a cache steps aside, and comes back with what is still right`() async throws {
      let parts = try await TestCache(dm, mode: .writeback)
      let cache = parts.cache
      for _ in 0..<40 {
        try cache.fill(0x61)
        if try parts.working().performance.dirty > 0 { break }
      }
      #expect(try parts.working().performance.dirty > 0)
      try await cache.setMode(.passthrough)
      let status = try parts.working()
      #expect(status.features.mode == .passthrough)
      #expect(status.performance.dirty == 0)
      #expect(status.policy.name == .smq)
      try cache.fill(0x62)
      #expect(try parts.origin.bytes().first == 0x62)
      try cache.send(.invalidate([0..<256]))
      #expect(try parts.working().usage.cache.used == 0)
      try await cache.setMode(.writethrough)
      #expect(try cache.bytes().first == 0x62)
    }

    @Test func `a cache takes up the new sizes of its parts`() async throws {
      let parts = try await TestCache(dm)
      let cache = parts.cache
      for length in [24576, 32768] as [Sectors] {
        var line = try parts.fast.table().lines[0]
        line.length = length
        try await parts.fast.setTable(TargetTable([line]), options: .privateDevice)
        try await cache.resize()
        #expect(try parts.working().usage.cache.total.rawValue == length / 128)
      }
      var line = try parts.origin.table().lines[0]
      line.length = 114688
      try await parts.origin.setTable(TargetTable([line]), options: .privateDevice)
      try await cache.resize()
      #expect(try cache.size() == 114688)
    }
  }
}
