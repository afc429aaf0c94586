import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.verity)) struct Verities {
    let dm: DM

    init() throws { dm = try DM() }

    private let name = DmName.test("verity")
    /// As veritysetup has it, which looks at no other devices.
    private let uuid: DmUuid = "CRYPT-VERITY-00000000000000000000000000000000-swift-test-verity"

    /// Data of 8 MiB and a device for hashes.
    private func parts() async throws -> (data: LinearDev, hashes: LinearDev) {
      let parts = try await TestDisk.two().0.cut(dm, ["data": 16384, "hashes": 2048])
      try parts[0].fill(0x61, count: 8 << 20)
      return (parts[0], parts[1])
    }

    /// Makes the hashes and returns their root.
    private func format(
      _ data: LinearDev, _ hashes: LinearDev, _ options: [String] = []
    ) async throws -> HexBytes {
      let output = try await TestSupport.run(
        "veritysetup", ["format"] + options + ["\(data.devnode())", "\(hashes.devnode())"])
      let line = output.split(separator: "\n").first { $0.hasPrefix("Root hash:") }
      return try #require(
        line?.split(separator: ":").last.flatMap { HexBytes($0.filter(\.isHexDigit)) })
    }

    @Test(arguments: [
      [], ["--data-block-size=1024", "--salt=-"], ["--format=0", "--hash=sha512"],
    ])
    func `an image of veritysetup is opened and valid`(options: [String]) async throws {
      let (data, hashes) = try await parts()
      let root = try await format(data, hashes, options)
      let parameters = try await VerityTargetParams.reading(
        hashes.reference, dataDevice: data.reference, rootDigest: root)
      let device = try await VerityDev.create(dm, name, uuid: uuid, parameters)
      #expect(try device.size() == 16384)
      #expect(try device.info().isReadOnly)
      #expect(try device.bytes(count: 8 << 20) == Array(repeating: 0x61, count: 8 << 20))
      #expect(try device.status().state == .valid)
      #expect(try await VerityDev.setup(dm, name, uuid: uuid, parameters) == device)
      #expect(try await run("veritysetup", "status", "\(name)").contains("verified"))
      try await device.remove()

      // The same as veritysetup has it.
      try await run(
        "veritysetup", "open", "\(data.devnode())", "\(name)", "\(hashes.devnode())", "\(root)")
      #expect(try device.parameters() == parameters)
      try await run("veritysetup", "close", "\(name)")
    }

    @Test func `a block that was changed isn't read, and the status says so`() async throws {
      let (data, hashes) = try await parts()
      let root = try await format(data, hashes)
      // Where udev doesn't look by itself.
      let place = 5 << 20 | 12 << 12
      try data.fill(0x62, at: place, count: 4096)
      var parameters = try await VerityTargetParams.reading(
        hashes.reference, dataDevice: data.reference, rootDigest: root)
      let device = try await VerityDev.create(dm, name, parameters)
      #expect(try device.bytes() == Array(repeating: 0x61, count: 4096))
      #expect(try device.status().state == .valid)
      #expect(throws: Errno.ioError) { try device.bytes(at: place) }
      #expect(try device.status().state == .corrupted)
      #expect(try device.status().health.level == .failed)

      parameters.options.corruptionMode = .ignore
      try await device.setParameters(parameters)
      #expect(try device.bytes(at: place) == Array(repeating: 0x62, count: 4096))
      #expect(try device.status().state == .corrupted)
    }

    @Test func `data and hashes may share a device`() async throws {
      let (data, _) = try await parts()
      let root = try await format(data, data, ["--data-blocks=1024", "--hash-offset=4194304"])
      let parameters = try await VerityTargetParams.reading(
        data.reference, at: Bytes("4 MiB"), dataDevice: data.reference, rootDigest: root)
      let device = try await VerityDev.create(dm, name, parameters)
      #expect(try device.size() == 8192)
      #expect(try device.bytes() == Array(repeating: 0x61, count: 4096))
    }

    @Test func `nothing is read that doesn't lead to the root`() async throws {
      let (data, hashes) = try await parts()
      let none = await #expect(throws: DmError.self) {
        try await VerityTargetParams.reading(
          hashes.reference, dataDevice: data.reference, rootDigest: #require(HexBytes([1])))
      }
      #expect(none?.code == .notFormatted)
      _ = try await format(data, hashes)
      let other = try #require(HexBytes(Array(repeating: 7, count: 32)))
      let parameters = try await VerityTargetParams.reading(
        hashes.reference, dataDevice: data.reference, rootDigest: other)
      let device = try await VerityDev.create(dm, name, parameters)
      #expect(throws: Errno.ioError) { try device.bytes() }
    }
  }
}
