import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// Names that libdevmapper would mangle, made by `dmsetup` without mangling.
  @Suite(.kernel(.error)) struct Names {
    let dm: DM

    init() throws { dm = try DM() }

    /// What follows the prefix of a name, as an argument of `printf`.
    static let endings = ["two words", "\\377\\376", "tab\\there", "a\\\\x20b", "ünï", "%%s"]

    private func name(_ ending: String) async throws -> DmName {
      var bytes: [UInt8] = []
      let octal = try await run("sh", "-c", "printf '\(ending)' | od -An -v -to1")
      for word in octal.split(whereSeparator: \.isWhitespace) {
        bytes.append(try #require(UInt8(word, radix: 8)))
      }
      return try DmName(kernelBytes: (Array(TestDevices.prefix.utf8) + bytes).span)
    }

    private func dmsetup(_ command: String, _ ending: String) async throws {
      try await run(
        "sh", "-c",
        "dmsetup --manglename none \(command) \"$(printf '\(TestDevices.prefix)\(ending)')\"")
    }

    @Test(arguments: endings)
    func `a device of any name is listed, addressed and removed`(ending: String) async throws {
      try await dmsetup("create --notable", ending)
      try await dm.makeErrorDevice("plain")
      let name = try await name(ending)
      let listed = try TestDevices.left()
      #expect(Set(listed.map(\.name)) == [name, .test("plain")])
      let info = try dm.deviceInfo(.name(name))
      #expect(info.name == name)
      try dm.tableLoad(.name(name), TargetTable<AnyTarget>(length: 8, .error(ErrorTargetParams())))
      try await dm.deviceResume(.name(name))
      #expect(try dm.table(.name(name)).lines.count == 1)
      try await dm.deviceRename(name, to: .test("renamed"))
      #expect(try dm.deviceInfo(.test("renamed")).device == info.device)
      try await dm.deviceRename(.test("renamed"), to: name)
      try await dm.deviceRemove(.name(name))
      #expect(try TestDevices.left().map(\.name) == [.test("plain")])
    }

    @Test(arguments: endings)
    func `a device of any name is made here and removed by dmsetup`(ending: String) async throws {
      let name = try await name(ending)
      let device = try await DmDevice<ErrorTargetParams>.create(
        dm, name, ErrorTargetParams(), length: 8)
      #expect(try device.size() == 8)
      try await dmsetup("remove --retry", ending)
      #expect(try !dm.deviceExists(.name(name)))
    }
  }
}
