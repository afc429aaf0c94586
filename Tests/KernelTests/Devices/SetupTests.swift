import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// What `setup` makes of what there is already.
  @Suite(.kernel(.linear)) struct Setups {
    let dm: DM
    let disk: TestDisk
    let table: LinearDevTargetTable

    init() async throws {
      dm = try DM()
      disk = try await TestDisk.two().0
      table = try .range(of: disk, from: 64, length: 128)
    }

    private func setup(
      _ name: String = "s", uuid: DmUuid? = nil, _ table: LinearDevTargetTable? = nil
    ) async throws(DmError) -> LinearDev {
      try await LinearDev.setup(
        dm, .test(name), uuid: uuid, table: table ?? self.table, options: .privateDevice)
    }

    private func other() throws -> LinearDevTargetTable { try .range(of: disk, length: 128) }

    @Test func `a device is made once and adopted afterwards`() async throws {
      let first = try await setup()
      let number = try first.device()
      for _ in 0..<2 { #expect(try await setup() == first) }
      #expect(try first.device() == number)
      try await first.remove()
      #expect(try await setup().table() == table)
    }

    @Test func `two devices may stand on one segment`() async throws {
      _ = try await setup("s")
      #expect(try await setup("t").table() == table)
    }

    @Test func `a device of another table stays as it is, and both tables are told`() async throws {
      let device = try await setup()
      let other = try other()
      let error = await #expect(throws: DmError.self) { try await setup("s", other) }
      #expect(error?.code == .mismatch)
      #expect(
        error?.context == .tables(described: other.verbatim.lines, found: table.verbatim.lines))
      #expect(try device.table() == table)
    }

    @Test(arguments: [nil, "swift-test-other"] as [DmUuid?])
    func `a device of another uuid isn't adopted`(uuid: DmUuid?) async throws {
      _ = try await setup("s", uuid: "swift-test-uuid")
      let error = await #expect(throws: DmError.self) { try await setup("s", uuid: uuid) }
      #expect(error?.code == .mismatch)
      #expect(error?.context == .uuids(described: uuid, found: "swift-test-uuid"))
    }

    @Test func `a path describes the device that it leads to`() async throws {
      let device = try await setup()
      let path = try #require(DevicePath("\(disk.path)"))
      let described = try LinearDevTargetTable(
        length: 128, .linear(LinearTargetParams(device: .path(path), start: 64)))
      #expect(try await setup("s", described) == device)
    }

    @Test func `a device without a table gets it`() async throws {
      _ = try dm.deviceCreate(.test("s"))
      let device = try await setup()
      #expect(try device.table() == table)
      #expect(try !device.info().isSuspended)
    }

    @Test func `a device that was loaded and never resumed is resumed`() async throws {
      _ = try dm.deviceCreate(.test("s"))
      try dm.tableLoad(.test("s"), table)
      let device = try await setup()
      #expect(try device.table() == table)
      #expect(try !device.info().hasInactiveTable)
    }

    @Test func `a device that was loaded with another table stays as it is`() async throws {
      _ = try dm.deviceCreate(.test("s"))
      try dm.tableLoad(.test("s"), other())
      let error = await #expect(throws: DmError.self) { try await setup() }
      #expect(error?.code == .mismatch)
      let info = try dm.deviceInfo(.test("s"))
      #expect(info.hasInactiveTable && !info.hasActiveTable)
    }

    @Test func `a device that its owner has suspended stays suspended`() async throws {
      let device = try await setup()
      try await device.suspend()
      #expect(try await setup() == device)
      #expect(try device.info().isSuspended)
    }
  }
}
