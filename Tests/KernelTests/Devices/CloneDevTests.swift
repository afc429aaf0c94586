import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.clone)) struct Clones {
    let dm: DM

    init() throws { dm = try DM() }

    /// A source of 16 MiB, half of which isn't zero, and a clone of it.
    private func make(
      isHydrating: Bool
    ) async throws -> (clone: CloneDev, source: LinearDev, parts: [LinearDev]) {
      let (first, second) = try await TestDisk.two()
      let source = try await first.cut(dm, ["source": 32768])[0]
      try source.fill(0x61, count: 8 << 20)
      let parts = try await second.cut(dm, ["meta": 8192, "destination": 32768])
      let clone = try await CloneDev.create(
        dm, .test("clone"),
        CloneTargetParams(
          metadataDevice: parts[0].reference, destinationDevice: parts[1].reference,
          sourceDevice: source.reference, regionSize: 64,
          options: CloneOptions(isHydrating: isHydrating)))
      return (clone, source, parts)
    }

    @Test func `a clone can be used at once, and alone once it is complete`() async throws {
      let (clone, source, parts) = try await make(isHydrating: false)
      #expect(try clone.size() == 32768)
      #expect(try clone.bytes(at: 1 << 20) == Array(repeating: 0x61, count: 4096))
      try clone.fill(0x62)
      let early = await #expect(throws: DmError.self) { try await clone.finish() }
      #expect(early?.code == .refused)
      #expect(try await CloneDev.setup(dm, clone.name, clone.parameters()) == clone)

      try clone.send(.enableHydration)
      let status = try await clone.waitUntilHydrated()
      #expect(status.hydrated == Usage(used: 512, total: 512))
      let copy = try await clone.finish()
      try await source.remove()
      try await parts[0].remove()
      #expect(try copy.bytes() == Array(repeating: 0x62, count: 4096))
      #expect(try copy.bytes(at: 1 << 20) == Array(repeating: 0x61, count: 4096))
      #expect(try copy.bytes(at: 12 << 20) == Array(repeating: 0, count: 4096))
    }

    @Test func `a clone without metadata to write to doesn't wait for ever`() async throws {
      let (clone, _, parts) = try await make(isHydrating: false)
      try await parts[0].shatter()
      try? clone.fill(0x62)
      // The status with a flush commits the metadata, which fails.
      _ = try clone.status(options: DmOptions())
      let error = await #expect(throws: DmError.self) { try await clone.waitUntilHydrated() }
      #expect(error?.code == .refused)
    }
  }
}
