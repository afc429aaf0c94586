import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.error)) struct Renaming {
    let dm: DM

    init() throws { dm = try DM() }

    @Test func `a uuid is set once`() async throws {
      _ = try dm.deviceCreate(.test("a"))
      let old = try await dm.deviceRename(.test("a"), settingUuid: "swift-test-uuid")
      #expect(old.uuid == nil)
      #expect(try dm.deviceInfo(.test("a")).uuid == "swift-test-uuid")
      #expect(try dm.deviceInfo(.uuid("swift-test-uuid")).name == .test("a"))
    }

    @Test func `a second uuid is refused`() async throws {
      _ = try dm.deviceCreate(.test("a"), uuid: "swift-test-uuid")
      await expect(.invalidArgument, from: .deviceRename) {
        try await dm.deviceRename(.test("a"), settingUuid: "swift-test-other")
      }
      await expect(.resourceBusy, from: .deviceRename) {
        try await dm.deviceRename(.test("a"), settingUuid: "swift-test-uuid")
      }
    }

    @Test func `the uuid of another device is refused`() async throws {
      _ = try dm.deviceCreate(.test("a"), uuid: "swift-test-uuid")
      _ = try dm.deviceCreate(.test("b"))
      await expect(.resourceBusy, from: .deviceRename) {
        try await dm.deviceRename(.test("b"), settingUuid: "swift-test-uuid")
      }
      #expect(try dm.deviceInfo(.test("b")).uuid == nil)
    }

    @Test func `its own name is taken`() async throws {
      _ = try dm.deviceCreate(.test("a"))
      await expect(.resourceBusy, from: .deviceRename) {
        try await dm.deviceRename(.test("a"), to: .test("a"))
      }
    }

    @Test func `a device has its new name and not the old one`() async throws {
      let info = try dm.deviceCreate(.test("a"))
      let old = try await dm.deviceRename(.test("a"), to: .test("b"))
      #expect(old.name == .test("a"))
      #expect(try dm.deviceInfo(.test("b")).device == info.device)
      await expect(.noSuchAddressOrDevice, from: .deviceInfo) {
        _ = try dm.deviceInfo(.test("a"))
      }
      #expect(try TestDevices.left().map(\.name) == [.test("b")])
      _ = try dm.deviceCreate(.test("c"))
      await expect(.resourceBusy, from: .deviceRename) {
        try await dm.deviceRename(.test("b"), to: .test("c"))
      }
    }

    @Test func `a device that isn't there has no name to change`() async {
      await expect(.noSuchAddressOrDevice, from: .deviceRename) {
        try await dm.deviceRename(.test("a"), to: .test("b"))
      }
    }

    @Test func `an active device is renamed, too`() async throws {
      try await dm.makeErrorDevice("a")
      try await dm.deviceRename(.test("a"), to: .test("b"))
      #expect(try dm.table(.test("b")).lines.count == 1)
    }
  }
}
