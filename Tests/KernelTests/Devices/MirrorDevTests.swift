import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.mirror)) struct Mirrors {
    let dm: DM

    init() throws { dm = try DM() }

    /// Three legs of 8 MiB and a log, and a mirror over the first two legs.
    private func make(onDisk: Bool) async throws -> (mirror: MirrorDev, legs: [LinearDev]) {
      let parts = try await TestDisk.two().0.cut(
        dm, ["leg0": 16384, "leg1": 16384, "leg2": 16384, "log": 2048])
      try parts[0].fill(0x61)
      let log: MirrorLog =
        onDisk
        ? .disk(MirrorDiskLog(device: try parts[3].reference, regionSize: 1024))
        : .core(MirrorCoreLog(regionSize: 1024))
      let mirror = try await MirrorDev.create(
        dm, .test("mirror"),
        MirrorTargetParams(log: log, legs: parts[..<2].map(leg), handlesErrors: true),
        length: 16384)
      return (mirror, Array(parts[..<3]))
    }

    private func leg(_ device: LinearDev) throws -> MirrorTargetParams.Leg {
      MirrorTargetParams.Leg(device: try device.reference, start: 0)
    }

    @Test(arguments: [false, true], [0, 1])
    func `a leg fails, is replaced, and the copies agree`(onDisk: Bool, index: Int) async throws {
      let (mirror, legs) = try await make(onDisk: onDisk)
      try await mirror.waitUntilInSync()
      #expect(try legs[1].bytes() == Array(repeating: 0x61, count: 4096))
      try await legs[index].shatter()
      // The write waits until the failed leg is replaced.
      async let write: Void = onOwnThread { try mirror.fill(0x62, at: 1 << 20) }
      let failed = try await mirror.wait { $0.legs.contains { $0.state != .alive } }
      #expect(failed.legs[index].state == .writeError)
      #expect(failed.health.level == .degraded)
      let waited = await #expect(throws: DmError.self) { try await mirror.waitUntilInSync() }
      #expect(waited?.code == .degraded)

      try await mirror.replaceLeg(index, with: leg(legs[2]))
      try await write
      try await mirror.waitUntilInSync()
      for leg in [legs[1 - index], legs[2]] {
        #expect(try leg.bytes() == Array(repeating: 0x61, count: 4096))
        #expect(try leg.bytes(at: 1 << 20) == Array(repeating: 0x62, count: 4096))
      }
      #expect(try mirror.parameters().legs.count == 2)
    }

    @Test func `there is no leg beyond the last`() async throws {
      let (mirror, legs) = try await make(onDisk: false)
      let error = await #expect(throws: DmError.self) {
        try await mirror.replaceLeg(2, with: leg(legs[2]))
      }
      #expect(error?.code == .invalidParameters)
    }
  }
}
