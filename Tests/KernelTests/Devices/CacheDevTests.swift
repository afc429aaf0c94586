import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.cache)) struct Caching {
    let dm: DM

    init() throws { dm = try DM() }

    /// Metadata and a cache of 16 MiB on one disk, an origin of 48 MiB on the other.
    private func parameters(
      features: CacheFeatures = CacheFeatures(mode: .writethrough), policy: CachePolicyName = .smq
    ) async throws -> (CacheTargetParams, [LinearDev]) {
      let (fast, slow) = try await TestDisk.two()
      let layout: [(DmName, TestDisk, Sectors, Sectors)] = [
        (.test("meta"), fast, 0, 8192), (.test("fast"), fast, 8192, 32768),
        (.test("slow"), slow, 0, 98304),
      ]
      var parts: [LinearDev] = []
      for (name, disk, start, length) in layout {
        let line = TargetLine(
          start: 0, length: length,
          LinearDevTargetParams.linear(
            LinearTargetParams(device: .number(disk.device), start: start)))
        parts.append(
          try await LinearDev.create(dm, name, table: TargetTable([line]), options: .privateDevice))
      }
      try await run(
        "dd", "if=/dev/zero", "of=\(parts[0].devnode())", "bs=4k", "count=1", "oflag=direct")
      let devices = try parts.map { DeviceReference.number(try $0.device()) }
      let parameters = try CacheTargetParams(
        metadataDevice: devices[0], cacheDevice: devices[1], originDevice: devices[2],
        cacheBlockSize: 128, features: features, policy: CachePolicy(policy))
      return (parameters, parts)
    }

    private func working(_ cache: CacheDev) throws -> CacheDevWorkingStatus {
      let status = try cache.status()
      if case .working(let working) = status { return working }
      return try #require(nil, "the cache says \(status)")
    }

    private func teardown(_ cache: CacheDev, _ parts: [LinearDev]) async throws {
      try await cache.remove()
      for part in parts.reversed() { try await part.remove() }
    }

    @Test func `a new cache has the figures of its parts`() async throws {
      let (parameters, parts) = try await parameters()
      let cache = try await CacheDev.create(dm, .test("cache"), parameters)
      let status = try working(cache)
      #expect(status.usage.metadataBlockSize == 8)
      #expect(status.usage.metadata.used > 0)
      #expect(status.usage.cache == Usage(used: 0, total: 256))
      #expect(status.performance.dirty == 0)
      #expect(status.features.mode == .writethrough)
      #expect(status.policy.name == .smq)
      #expect(status.needsCheck == false)
      #expect(try cache.size() == 98304)
      #expect(try cache.parameters() == parameters)
      let again = try await CacheDev.setup(dm, .test("cache"), parameters)
      #expect(again == cache)
      try await teardown(cache, parts)
    }

    @Test func `a cache over another device is not adopted`() async throws {
      let (parameters, parts) = try await parameters()
      let cache = try await CacheDev.create(dm, .test("cache"), parameters)
      var other = parameters
      other.cacheDevice = parameters.originDevice
      let error = await #expect(throws: DmError.self) {
        try await CacheDev.setup(dm, .test("cache"), other)
      }
      #expect(error?.code == .mismatch)
      try await teardown(cache, parts)
    }

    @Test func `what is dirty is written back before the cache goes`() async throws {
      let (parameters, parts) = try await parameters(
        features: CacheFeatures(mode: .writeback))
      let cache = try await CacheDev.create(dm, .test("cache"), parameters)
      // Written often enough, a block is worth caching; the origin has none of it then.
      for _ in 0..<40 {
        try await run(
          "dd", "if=/dev/urandom", "of=\(cache.devnode())", "bs=64k", "count=4", "oflag=direct",
          "status=none")
        if try working(cache).performance.dirty > 0 { break }
      }
      #expect(try working(cache).performance.dirty > 0)
      let written = try await run("sha256sum", input: try await content(cache))
      try await cache.flush()
      #expect(try working(cache).performance.dirty == 0)
      #expect(try working(cache).policy.name == .smq)
      try await cache.teardown()
      let kept = try await run("sha256sum", input: try await content(parts[2]))
      #expect(written == kept)
      for part in parts.reversed() { try await part.remove() }
    }

    private func content(_ device: DmDevice<some TargetContent>) async throws -> String {
      try await run(
        "sh", "-c", "dd if=\(device.devnode()) bs=64k count=4 iflag=direct status=none | base64")
    }

    @Test func `mode and policy change under a running cache`() async throws {
      let (parameters, parts) = try await parameters()
      let cache = try await CacheDev.create(dm, .test("cache"), parameters)
      try await cache.setMode(.writeback)
      #expect(try working(cache).features.mode == .writeback)
      try await cache.setPolicy(CachePolicy(.cleaner))
      #expect(try working(cache).policy.name == .cleaner)
      try cache.send(.setMigrationThreshold(4096))
      try await teardown(cache, parts)
    }

    @Test func `a cache takes up the new sizes of its parts`() async throws {
      let (parameters, parts) = try await parameters()
      let cache = try await CacheDev.create(dm, .test("cache"), parameters)
      for length in [24576, 32768] as [Sectors] {
        var line = try parts[1].table().lines[0]
        line.length = length
        try await parts[1].setTable(TargetTable([line]), options: .privateDevice)
        try await cache.resize()
        #expect(try working(cache).usage.cache.total.rawValue == length / 128)
      }
      var line = try parts[2].table().lines[0]
      line.length = 114688
      try await parts[2].setTable(TargetTable([line]), options: .privateDevice)
      try await cache.resize()
      #expect(try cache.size() == 114688)
      try await teardown(cache, parts)
    }
  }
}
