import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.error)) struct Creation {
    let dm: DM

    init() throws { dm = try DM() }

    @Test func `a new device has a name and no uuid`() throws {
      let info = try dm.deviceCreate(.test("new"))
      #expect(info.name == .test("new"))
      #expect(info.uuid == nil)
      #expect(!info.hasActiveTable && !info.hasInactiveTable)
      #expect(info.openCount == 0 && info.targetCount == 0)
    }

    @Test func `a new device has the uuid that it is given`() throws {
      let info = try dm.deviceCreate(.test("new"), uuid: "swift-test-uuid")
      #expect(info.name == .test("new"))
      #expect(info.uuid == "swift-test-uuid")
    }

    @Test(arguments: [nil, "swift-test-uuid", "swift-test-other"] as [DmUuid?])
    func `a name is given once, whatever the uuid`(uuid: DmUuid?) async throws {
      _ = try dm.deviceCreate(.test("new"), uuid: "swift-test-uuid")
      await expect(.resourceBusy, from: .deviceCreate) {
        _ = try dm.deviceCreate(.test("new"), uuid: uuid)
      }
    }

    @Test func `a uuid is given once, whatever the name`() async throws {
      _ = try dm.deviceCreate(.test("new"), uuid: "swift-test-uuid")
      await expect(.resourceBusy, from: .deviceCreate) {
        _ = try dm.deviceCreate(.test("other"), uuid: "swift-test-uuid")
      }
      #expect(try TestDevices.left().map(\.name) == [.test("new")])
    }

    @Test func `the longest name and uuid survive`() throws {
      let name = DmName.test(String(repeating: "n", count: 127 - TestDevices.prefix.utf8.count))
      let uuid = try DmUuid(String(repeating: "u", count: 128))
      let info = try dm.deviceCreate(name, uuid: uuid)
      #expect(info.name == name && info.uuid == uuid)
      #expect(try dm.deviceInfo(.uuid(uuid)).name == name)
      #expect(try TestDevices.left().map(\.uuid) == [uuid])
    }

    @Test func `a device gets the minor number that is asked for, once`() async throws {
      for (name, minor) in [("low", 57), ("high", 300), ("higher", 70_000)] as [(String, UInt32)] {
        let info = try dm.deviceCreate(.test(name), minor: minor)
        #expect(info.device?.minor == minor)
        #expect(try dm.deviceInfo(.device(try info.number())).name == .test(name))
      }
      await expect(.noSuchAddressOrDevice, from: .deviceCreate) {
        _ = try dm.deviceCreate(.test("again"), minor: 57)
      }
      #expect(try !dm.deviceExists(.test("again")))
    }

    @Test func `a minor number that no device can have is refused`() {
      let error = #expect(throws: DmError.self) {
        try dm.deviceCreate(.test("new"), minor: 1 << 20)
      }
      #expect(error?.code == .invalidArgument)
    }

    @Test func `the flag of a minor number without a number is refused`() {
      let error = #expect(throws: DmError.self) {
        try dm.deviceCreate(.test("new"), options: DmOptions(flags: .persistentDevice))
      }
      #expect(error?.code == .invalidOption)
    }

    @Test func `options that a command doesn't take are refused before it`() throws {
      let error = #expect(throws: DmError.self) {
        try dm.deviceCreate(.test("new"), options: DmOptions(flags: [.noFlush, .readOnly]))
      }
      #expect(error?.code == .invalidOption)
      #expect(error?.context == .flags(.noFlush))
      #expect(try !dm.deviceExists(.test("new")))
    }

    @Test(.kernel(.zero)) func `a read-only device can't be written`() async throws {
      let readOnly = DmOptions(flags: .readOnly)
      _ = try dm.deviceCreate(.test("new"), options: readOnly)
      try dm.tableLoad(
        .test("new"), TargetTable<AnyTarget>(length: 1024, .zero(ZeroTargetParams())),
        options: readOnly)
      try await dm.deviceResume(.test("new"), options: .privateDevice)
      let info = try dm.deviceInfo(.test("new"))
      #expect(info.isReadOnly && info.hasActiveTable)
      let device = try info.number()
      #expect(throws: Errno.notPermitted) {
        let file = try open(device, .readWrite)
        _ = try file.closeAfter { try file.writeAll([UInt8](repeating: 0, count: 512)) }
      }
    }

    @Test func `a device lives without udev's rules`() async throws {
      let options = DmOptions(cookie: [
        .disableDmRules, .disableSubsystemRules, .disableDiskRules, .disableOtherRules,
        .disableLibraryFallback,
      ])
      _ = try dm.deviceCreate(.test("new"), options: DmOptions(flags: .readOnly))
      try dm.tableLoad(
        .test("new"), TargetTable<AnyTarget>(length: 1024, .error(ErrorTargetParams())))
      #expect(try dm.deviceInfo(.test("new")).hasInactiveTable)
      try await dm.deviceResume(.test("new"), options: options)
      let info = try dm.deviceInfo(.test("new"))
      #expect(!info.isSuspended && info.hasActiveTable && !info.hasInactiveTable)
      try await dm.deviceRemove(.test("new"), options: options)
      #expect(try !dm.deviceExists(.test("new")))
    }
  }
}
