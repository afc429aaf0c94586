import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  /// Devices that need no code of their own: what their targets can do comes with their messages.
  @Suite struct Paths {
    let dm: DM

    init() throws { dm = try DM() }

    private func parts() async throws -> [LinearDev] {
      let (first, second) = try await TestDisk.two()
      return [
        try await first.cut(dm, ["one": 16384])[0], try await second.cut(dm, ["two": 16384])[0],
      ]
    }

    @Test(.kernel(.multipath))
    func `paths fail and come back, and another group takes over`() async throws {
      let parts = try await parts()
      for (part, byte) in zip(parts, [0x61, 0x62] as [UInt8]) { try part.fill(byte) }
      let parameters = try MultipathTargetParams(
        features: MultipathFeatures(queueMode: .bio),
        groups: parts.map { part in
          try MultipathGroup(
            selector: MultipathSelector(.roundRobin), paths: [MultipathPath(part.reference)])
        }, nextGroup: 1)
      let device = try await MultipathDev.create(dm, .test("paths"), parameters, length: 16384)
      #expect(try device.bytes().first == 0x61)
      try device.send(.failPath(parts[0].reference))
      let failed = try await device.wait { $0.paths[0].state == .failed }
      #expect(failed.paths[0].failCount == 1)
      #expect(try device.bytes().first == 0x62)
      #expect(try device.status().health.level == .degraded)
      try device.send(.reinstatePath(parts[0].reference))
      try await device.wait { $0.paths[0].state == .active }
      #expect(try device.status().health.level == .healthy)
      try device.send(.switchGroup(1))
      #expect(try device.bytes().first == 0x61)
      // With its arguments filled in and another group in use, it is the same device.
      try device.send(.switchGroup(2))
      #expect(
        try await MultipathDev.setup(dm, .test("paths"), parameters, length: 16384) == device)

      for part in parts { try device.send(.failPath(part.reference)) }
      try await device.wait { $0.health.level == .failed }
    }

    @Test(.kernel(.striped)) func `stripes alternate`() async throws {
      let parts = try await parts()
      for (part, byte) in zip(parts, [0x61, 0x62] as [UInt8]) { try part.fill(byte) }
      let device = try await DmDevice<StripedTargetParams>.create(
        dm, .test("stripes"),
        StripedTargetParams(
          chunkSize: 8,
          stripes: parts.map { .init(device: try $0.reference, start: 0) }), length: 32768)
      #expect(
        try (0..<4).map { try device.bytes(at: $0 * 4096).first } == [0x61, 0x62, 0x61, 0x62])
      #expect(try device.status().health.level == .healthy)
    }

    @Test(.kernel(.switch)) func `regions go where they are sent`() async throws {
      let parts = try await parts()
      for (part, byte) in zip(parts, [0x61, 0x62] as [UInt8]) { try part.fill(byte) }
      let device = try await DmDevice<SwitchTargetParams>.create(
        dm, .test("switch"),
        SwitchTargetParams(
          regionSize: 8, paths: parts.map { .init(device: try $0.reference, start: 0) }),
        length: 64)
      func regions() throws -> [UInt8?] {
        try (0..<4).map { try device.bytes(at: $0 * 4096).first }
      }
      #expect(try regions() == [0x61, 0x62, 0x61, 0x62])
      try device.send(.setRegionMappings([.region(0, path: 1), .next(path: 0)]))
      #expect(try regions() == [0x62, 0x61, 0x61, 0x62])
    }
  }
}
