import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.crypt)) struct Crypts {
    let dm: DM

    init() throws { dm = try DM() }

    private let name = DmName.test("crypt")
    private let secret = [UInt8](1...64)
    private let secretFile = "/run/swift-test-secret"

    private func parameters(
      _ below: LinearDev, key: [UInt8]? = nil, start: Sectors = 0
    ) throws -> CryptTargetParams {
      let key = try #require(KeyMaterial(bytes: key ?? secret))
      return try CryptTargetParams(
        cipher: "aes-xts-plain64", key: .hex(key), device: below.reference, start: start)
    }

    private func below() async throws -> LinearDev {
      try await TestDisk.two().0.cut(dm, ["below": 32768])[0]
    }

    /// Writes the key to a file, for cryptsetup.
    private func saveSecret() async throws {
      let octal = secret.map { "\\0" + String($0, radix: 8) }.joined()
      try await run("sh", "-c", "printf '%b' '\(octal)' > \(secretFile)")
    }

    @Test func `content is there with its key and noise with another`() async throws {
      let below = try await below()
      let parameters = try parameters(below)
      let device = try await CryptDev.create(dm, name, parameters)
      #expect(try device.size() == 32768)
      try device.fill(0x61)
      #expect(try below.bytes() != Array(repeating: 0x61, count: 4096))
      #expect(try await CryptDev.setup(dm, name, parameters) == device)
      #expect(try device.parameters() == parameters)
      #expect(try !"\(device.table())".contains("0102030405"))
      try await device.remove()

      let wrong = try await CryptDev.create(
        dm, name, self.parameters(below, key: Array(secret.reversed())))
      #expect(try wrong.bytes() != Array(repeating: 0x61, count: 4096))
      let error = await #expect(throws: DmError.self) {
        try await CryptDev.setup(dm, name, parameters)
      }
      #expect(error?.code == .mismatch)
      #expect(try !"\(#require(error))".contains("0102030405"))
    }

    @Test func `a key that the cipher doesn't take is refused, and nothing is left`() async throws {
      let below = try await below()
      let error = await #expect(throws: DmError.self) {
        try await CryptDev.create(dm, name, self.parameters(below, key: [1, 2, 3]))
      }
      #expect(error?.code == .refused)
      #expect(error?.errno == .invalidArgument)
      #expect(error?.notUndone == [])
      #expect(try !dm.deviceExists(.name(name)))
    }

    @Test func `a key is wiped and given back`() async throws {
      let device = try await CryptDev.create(dm, name, parameters(below()))
      try device.fill(0x61)
      let key = try device.parameters().key
      try await device.wipeKey()
      #expect(try device.info().isSuspended)
      #expect(try device.parameters().key != key)
      let short = try #require(KeyMaterial(bytes: [1, 2, 3]))
      await #expect(throws: DmError.self) { try await device.setKey(.hex(short)) }
      #expect(try device.info().isSuspended)
      try await device.setKey(key)
      #expect(try device.bytes() == Array(repeating: 0x61, count: 4096))
    }

    @Test func `no key stays in memory`() async throws {
      let below = try await below()
      let key = SoughtKey()
      let before = try key.occurrences()
      #expect(before.allSatisfy { $0 > 1 })
      try await use(key.bytes, below)
      #expect(try key.occurrences() == before)
      withExtendedLifetime(key) {}
    }

    @Test func `no key stays in memory when its values are gone`() throws {
      let key = SoughtKey()
      // The text is its owner's to forget.
      let text = Array("aes-xts-plain64 ".utf8) + key.digits + Array(" 0 8:0 0".utf8)
      let before = try key.occurrences()
      var values: [CryptTargetParams] = []
      // More than what freed memory is taken for at once.
      for _ in 0..<100 { values.append(try CryptTargetParams(parsing: text.span)) }
      let held = try key.occurrences()
      #expect(held[0] == before[0] + 100 && held[1] == before[1] + 100)
      values = []
      #expect(try key.occurrences() == before)
      withExtendedLifetime((key, text)) {}
    }

    /// All that is done with a key, also what fails and is undone.
    private func use(_ key: [UInt8], _ below: LinearDev) async throws {
      let device = try await CryptDev.create(dm, name, parameters(below, key: key))
      _ = try await CryptDev.setup(dm, name, parameters(below, key: key))
      let mismatch = await #expect(throws: DmError.self) {
        try await CryptDev.setup(dm, name, parameters(below))
      }
      #expect(mismatch?.code == .mismatch)
      let specification = try device.parameters().key
      try await device.wipeKey()
      try await device.setKey(specification)

      let table = try DmDevice<AnyTarget>(dm, name).table()
      let zero = try TargetTable(length: table.length, AnyTarget.zero(ZeroTargetParams()))
      await Faults.watching(dm, .failing(.tableLoad, 1)) {
        let error = await #expect(throws: DmError.self) {
          try await dm.apply([
            DeviceDescription(name, table: zero), DeviceDescription(.test("other"), table: zero),
          ])
        }
        #expect(error?.notUndone == [])
      }
      #expect(try dm.difference(from: DeviceDescription(name, table: table)) == .none)

      let stack = try dm.deviceGraph().stack(with: .name(name))
      await Faults.watching(dm, .failing(.deviceRemove, 1)) {
        let error = await #expect(throws: DmError.self) { try await dm.remove(stack) }
        #expect(error?.notUndone == [])
      }
      #expect(try device.parameters().key == specification)
    }

    @Test func `a key of the key ring is not in the table`() async throws {
      let below = try await below()
      let plain = try await CryptDev.create(dm, name, parameters(below))
      try plain.fill(0x61)
      try await plain.remove()
      let key = KeyringKey(byteCount: 64, keyType: .logon, name: "swift:test")
      try await TestKeyring.add([key])
      var parameters = try parameters(below)
      parameters.key = .keyring(key)
      let device = try await CryptDev.create(dm, name, parameters)
      #expect(try device.bytes() == Array(repeating: 0x61, count: 4096))
      #expect(try "\(device.parameters().key)" == ":64:logon:swift:test")
      #expect(try await CryptDev.setup(dm, name, parameters) == device)
    }

    @Test func `cryptsetup opens what we made, and we what it has`() async throws {
      let below = try await below()
      try await saveSecret()
      let open = [
        "open", "--type", "plain", "--cipher", "aes-xts-plain64", "--key-size", "512", "--key-file",
        secretFile, "\(try below.devnode())", "\(name)",
      ]
      let ours = try await CryptDev.create(dm, name, parameters(below))
      try ours.fill(0x61)
      try await ours.remove()
      try await TestSupport.run("cryptsetup", open)
      #expect(try ours.bytes() == Array(repeating: 0x61, count: 4096))
      #expect(try ours.parameters().key == parameters(below).key)
      try ours.fill(0x62, at: 65536)
      try await run("cryptsetup", "close", "\(name)")
      let theirs = try await CryptDev.create(dm, name, parameters(below))
      #expect(try theirs.bytes(at: 65536) == Array(repeating: 0x62, count: 4096))
    }

    @Test func `a LUKS volume opens with its dumped key`() async throws {
      let below = try await below()
      let node = "\(try below.devnode())"
      try await saveSecret()
      try await run(
        "cryptsetup", "luksFormat", "-q", "--type", "luks1", "--cipher", "aes-xts-plain64",
        "--key-size", "512", "--pbkdf-force-iterations", "1000", node, secretFile)
      try await run("cryptsetup", "open", "--key-file", secretFile, node, "\(name)")
      let theirs = try CryptDev.open(dm, name)
      try theirs.fill(0x61)
      let start = try theirs.parameters().start
      try await run("cryptsetup", "close", "\(name)")

      let dumped = "/run/swift-test-volume-key"
      try await run(
        "cryptsetup", "luksDump", "-q", "--dump-volume-key", "--volume-key-file", dumped,
        "--key-file", secretFile, node)
      let hex = try await run("od", "-An", "-v", "-tx1", dumped).filter(\.isHexDigit)
      let key = try #require(KeyMaterial(hex: hex)?.revealedBytes)
      let ours = try await CryptDev.create(dm, name, parameters(below, key: key, start: start))
      #expect(try ours.bytes() == Array(repeating: 0x61, count: 4096))
      try await run("rm", dumped, secretFile)
    }
  }
}

/// A key that nothing else in memory has.
private struct SoughtKey {
  let bytes: [UInt8]
  let digits: [UInt8]
  /// What is looked for: all arrays are made at once, and stay.
  private let texts: [[UInt8]]

  init() {
    var random = SystemRandomNumberGenerator()
    let bytes = (0..<64).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    let hexadecimal = Array("0123456789abcdef".utf8)
    let digits = (0..<128).map { index -> UInt8 in
      let byte = Int(bytes[index / 2])
      return hexadecimal[index.isMultiple(of: 2) ? byte >> 4 : byte & 15]
    }
    (self.bytes, self.digits) = (bytes, digits)
    texts = [Array(bytes[..<32]), Array(bytes[32...]), Array(digits[..<64]), Array(digits[64...])]
  }

  /// How often each half of the key, and of its digits, stands in memory.
  func occurrences() throws -> [Int] { try Memory.occurrences(of: texts) }
}
