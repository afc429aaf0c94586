import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.writecache)) struct Writecaches {
    let dm: DM

    init() throws { dm = try DM() }

    /// A cache of 16 MiB over an origin of 32 MiB.
    private func make() async throws -> (cache: WritecacheDev, fast: LinearDev, slow: LinearDev) {
      let (first, second) = try await TestDisk.two()
      let fast = try await first.cut(dm, ["fast": 32768])[0]
      let slow = try await second.cut(dm, ["slow": 65536])[0]
      let cache = try await WritecacheDev.create(
        dm, .test("cache"),
        WritecacheTargetParams(
          kind: .ssd, originDevice: slow.reference, cacheDevice: fast.reference))
      return (cache, fast, slow)
    }

    @Test func `a write is in the cache first and in the origin after a flush`() async throws {
      let (cache, _, slow) = try await make()
      #expect(try cache.size() == 65536)
      try cache.fill(0x61)
      #expect(try cache.status().usage.used > 0)
      #expect(try cache.bytes() == Array(repeating: 0x61, count: 4096))
      #expect(try slow.bytes() == Array(repeating: 0, count: 4096))
      try await cache.flush()
      #expect(try slow.bytes() == Array(repeating: 0x61, count: 4096))
      #expect(try await WritecacheDev.setup(dm, cache.name, cache.parameters()) == cache)
      try cache.send(.clearStatistics)
      #expect(try cache.status().statistics?.writes == 0)
    }

    @Test func `a cache is taken out of a device that goes on`() async throws {
      let (cache, fast, slow) = try await make()
      try cache.fill(0x61)
      let held = try open(cache.device())
      let linear = try await cache.detachCache()
      try held.close()
      #expect(try linear.bytes() == Array(repeating: 0x61, count: 4096))
      #expect(try slow.bytes() == Array(repeating: 0x61, count: 4096))
      #expect(try linear.size() == 65536)
      try await fast.remove()
    }

    @Test(arguments: [true, false])
    func `the origin is complete after a removal unless told otherwise`(flushing: Bool) async throws
    {
      let (cache, _, slow) = try await make()
      let parameters = try cache.parameters()
      try cache.fill(0x61)
      try await cache.teardown(flushing: flushing)
      #expect(try slow.bytes().first == (flushing ? 0x61 : 0))
      // What wasn't written back is in the cache.
      let again = try await WritecacheDev.create(dm, cache.name, parameters)
      #expect(try again.bytes().first == 0x61)
    }

    @Test func `a cache that lost its device stays in place`() async throws {
      let (cache, fast, _) = try await make()
      try cache.fill(0x61)
      try await fast.shatter()
      let error = await #expect(throws: DmError.self) { try await cache.detachCache() }
      #expect(error?.code == .refused)
      #expect(error?.notUndone == [])
      #expect(try cache.status().hasError)
      #expect(try !cache.info().isSuspended)
      #expect(try !cache.info().hasInactiveTable)
    }
  }
}
