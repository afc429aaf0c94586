import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

@Suite(.serialized, .kernel(.linear, .error))
struct DMTests {
  let dm: DM

  init() throws { dm = try DM() }

  @Test func `the interface has a version`() throws {
    #expect(try dm.version() >= InterfaceVersion(major: 4, minor: 37, patch: 0))
  }

  @Test func `a device lives`() async throws {
    let name: DmName = "swift-test-life"
    let info = try dm.deviceCreate(name, uuid: "swift-test-uuid")
    #expect(info.name == name)
    #expect(try dm.listDevices().contains { $0.name == name && $0.uuid == "swift-test-uuid" })
    let table = try TargetTable(
      length: 1024, VerbatimTarget(.error, TargetText()))
    try dm.tableLoad(.name(name), table)
    #expect(try dm.deviceInfo(.name(name)).hasInactiveTable)
    try await dm.deviceResume(.name(name))
    #expect(try dm.table(.name(name)).table() == table)
    try await dm.deviceRemove(.name(name))
    #expect(try !dm.deviceExists(.name(name)))
  }
}
