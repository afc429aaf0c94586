import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.error)) struct Removal {
    let dm: DM

    init() throws { dm = try DM() }

    @Test(
      arguments: [
        .test("none"), .uuid("swift-test-none"), .device(Device(major: 254, minor: 9)),
      ] as [DevId])
    func `a device that isn't there can't be removed`(id: DevId) async {
      await expect(.noSuchAddressOrDevice, from: .deviceRemove) { try await dm.deviceRemove(id) }
    }

    @Test(arguments: 0..<3)
    func `a device is removed by name, uuid or number`(way: Int) async throws {
      let info = try await dm.makeErrorDevice("gone", uuid: "swift-test-uuid")
      let number = DevId.device(try info.number())
      try await dm.deviceRemove([.test("gone"), .uuid("swift-test-uuid"), number][way])
      #expect(try !dm.deviceExists(number))
      #expect(FilePath("/dev/mapper/\(DmName.test("gone"))").kind == nil)
    }

    @Test func `all devices that nobody has open are removed at once`() async throws {
      let file = try open(try await dm.makeErrorDevice("busy").number())
      for name in ["a", "b", "c"] { _ = try dm.deviceCreate(.test(name)) }
      try dm.removeAll()
      #expect(try TestDevices.left().map(\.name) == [.test("busy")])
      try dm.removeAll(options: DmOptions(flags: .deferredRemove))
      #expect(try dm.deviceInfo(.test("busy")).isDeferredRemove)
      try file.close()
      #expect(try await eventually { try TestDevices.left().isEmpty })
    }

    @Test(arguments: Calls.all)
    func `a device that vanishes between two calls is an error of the second`(
      call: Calls
    ) async throws {
      try await dm.makeErrorDevice("gone")
      try await run("dmsetup", "remove", "--retry", "\(DmName.test("gone"))")
      await expect(.noSuchAddressOrDevice, from: call.command) {
        try await call.body(dm, .test("gone"))
      }
    }
  }

  /// A command about a device.
  struct Calls: CustomTestStringConvertible {
    var testDescription: String
    var command: DmCommand
    var body: @Sendable (DM, DmName) async throws -> Void

    init(
      _ name: String, _ command: DmCommand,
      _ body: @escaping @Sendable (DM, DmName) async throws -> Void
    ) {
      (testDescription, self.command, self.body) = (name, command, body)
    }

    static let all: [Calls] = [
      Calls("info", .deviceInfo) { _ = try $0.deviceInfo(.name($1)) },
      Calls("load", .tableLoad) {
        try $0.tableLoad(
          .name($1), TargetTable<AnyTarget>(length: 8, .error(ErrorTargetParams())))
      },
      Calls("clear", .tableClear) { try $0.tableClear(.name($1)) },
      Calls("status", .tableStatus) { _ = try $0.tableStatus(.name($1)) },
      Calls("table", .tableStatus) { _ = try $0.table(.name($1)) },
      Calls("dependencies", .tableDeps) { _ = try $0.tableDeps(.name($1)) },
      Calls("suspend", .deviceSuspend) { try await $0.deviceSuspend(.name($1)) },
      Calls("resume", .deviceSuspend) { try await $0.deviceResume(.name($1)) },
      Calls("rename", .deviceRename) { try await $0.deviceRename($1, to: .test("new")) },
      Calls("uuid", .deviceRename) { try await $0.deviceRename($1, settingUuid: "swift-test-u") },
      Calls("remove", .deviceRemove) { try await $0.deviceRemove(.name($1)) },
      Calls("message", .targetMessage) { try $0.targetMessage(.name($1), "@stats_list") },
      Calls("geometry", .setGeometry) {
        _ = try $0.setGeometry(
          .name($1), Geometry(cylinders: 1, heads: 1, sectorsPerTrack: 1))
      },
    ]
  }
}
