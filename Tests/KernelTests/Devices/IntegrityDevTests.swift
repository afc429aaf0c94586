import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.integrity)) struct Integrities {
    let dm: DM

    init() throws { dm = try DM() }

    private let name = DmName.test("integrity")

    /// A device of 16 MiB with zeroes, without tags of another test.
    private func below() async throws -> LinearDev {
      let below = try await TestDisk.two().0.cut(dm, ["below": 32768])[0]
      try below.fill(0, count: 16 << 20)
      return below
    }

    private func parameters(
      _ device: LinearDev, _ mode: IntegrityMode = .direct,
      hash: IntegrityAlgorithm = .init("sha256"),
      meta: LinearDev? = nil, recalculates: Bool = true
    ) throws -> IntegrityTargetParams {
      var features = IntegrityFeatures()
      features.internalHash = hash
      features.metaDevice = try meta?.reference
      if recalculates { features.recalculation = .resumed }
      return try IntegrityTargetParams(device: device.reference, mode: mode, features: features)
    }

    @Test(arguments: [IntegrityMode.journal, .bitmap, .direct])
    func `a device is formatted once and then opened`(mode: IntegrityMode) async throws {
      let below = try await below()
      let parameters = try parameters(below, mode)
      let device = try await IntegrityDev.format(dm, name, parameters)
      let status = try await device.waitUntilRecalculated()
      #expect(try device.size() == status.providedSectors)
      #expect(status.providedSectors < 32768 && status.providedSectors > 28672)
      #expect(try device.bytes() == Array(repeating: 0, count: 4096))
      try device.fill(0x61)
      #expect(try await IntegrityDev.setup(dm, name, parameters) == device)
      try await device.remove()

      let again = try await IntegrityDev.setup(dm, name, parameters)
      #expect(try again.bytes() == Array(repeating: 0x61, count: 4096))
      #expect(try again.status().mismatches == 0)
    }

    @Test func `what was damaged below is an error and not data`() async throws {
      let below = try await below()
      let device = try await IntegrityDev.format(dm, name, parameters(below, recalculates: false))
      // What was never written has no checksum.
      #expect(throws: Errno.self) { try device.bytes(at: 1 << 20) }
      try device.fill(0x61, count: 8192)
      let all = try below.bytes(count: 16 << 20)
      let data = try #require(
        stride(from: 0, to: all.count, by: 4096).first {
          all[$0..<$0 + 4096].allSatisfy { $0 == 0x61 }
        })
      try below.fill(0x62, at: data, count: 4096)
      let before = try device.status().mismatches
      #expect(throws: Errno(rawValue: 84)) { try device.bytes() }
      #expect(try device.status().mismatches > before)
      #expect(try device.bytes(at: 4096) == Array(repeating: 0x61, count: 4096))
    }

    @Test func `checksums with a key lie on a device of their own`() async throws {
      let parts = try await TestDisk.two().0.cut(dm, ["below": 32768, "tags": 16384])
      let key = try #require(KeyMaterial(bytes: [UInt8](1...32)))
      let parameters = try parameters(
        parts[0], .journal, hash: .init("hmac(sha256)", key: key), meta: parts[1],
        recalculates: false)
      let device = try await IntegrityDev.format(dm, name, parameters)
      // All of the device is for data.
      #expect(try device.size() == 32768)
      try device.fill(0x61)
      #expect(try device.bytes() == Array(repeating: 0x61, count: 4096))
      #expect(try device.parameters().features.internalHash?.key == key)
      #expect(try !"\(device.parameters())".contains("0102030405"))
      #expect(try await IntegrityDev.setup(dm, name, parameters) == device)
    }

    @Test func `nothing is overwritten that is in use, or opened that isn't formatted`()
      async throws
    {
      let below = try await below()
      try below.fill(0x63)
      let parameters = try parameters(below)
      let unformatted = await #expect(throws: DmError.self) {
        try await IntegrityDev.setup(dm, name, parameters)
      }
      #expect(unformatted?.code == .notFormatted)
      let user = LinearTargetParams(device: try below.reference, start: 0)
      try await dm.make("user", TargetTable(length: 8, .linear(user)))
      let used = await #expect(throws: DmError.self) {
        try await IntegrityDev.format(dm, name, parameters)
      }
      #expect(used?.errno == .resourceBusy)
      let taken = await #expect(throws: DmError.self) {
        try await IntegrityDev.format(dm, .test("user"), parameters)
      }
      #expect(taken?.code == .exists)
      #expect(try below.bytes() == Array(repeating: 0x63, count: 4096))
    }

    @Test func `integritysetup opens what we formatted, and we what it has`() async throws {
      let parts = try await TestDisk.two().0.cut(dm, ["ours": 32768, "theirs": 32768])
      let ours = try await IntegrityDev.format(dm, name, parameters(parts[0], .journal))
      try await ours.waitUntilRecalculated()
      try ours.fill(0x61)
      try await ours.remove()
      try await run(
        "integritysetup", "open", "--integrity=sha256", "\(parts[0].devnode())", "\(name)")
      #expect(try ours.bytes() == Array(repeating: 0x61, count: 4096))
      #expect(try ours.parameters().features.internalHash?.name == "sha256")
      try await run("integritysetup", "close", "\(name)")

      try await run(
        "integritysetup", "format", "-q", "--integrity=sha256", "--tag-size=32",
        "\(parts[1].devnode())")
      try await run(
        "integritysetup", "open", "--integrity=sha256", "\(parts[1].devnode())", "\(name)")
      try ours.fill(0x62)
      try await run("integritysetup", "close", "\(name)")
      let theirs = try await IntegrityDev.setup(
        dm, name, parameters(parts[1], .journal, recalculates: false))
      #expect(try theirs.bytes() == Array(repeating: 0x62, count: 4096))
    }
  }
}
