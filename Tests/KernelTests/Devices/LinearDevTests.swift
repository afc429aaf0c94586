import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.linear, .flakey)) struct LinearDevices {
    let dm: DM
    let disk: TestDisk

    init() async throws {
      dm = try DM()
      disk = try await TestDisk.two().0
    }

    /// A table of segments of the disk, each given by its first sector there and its length.
    private func table(_ segments: (Sectors, Sectors)...) throws -> LinearDevTargetTable {
      var lines: [TargetLine<LinearDevTargetParams>] = []
      var end: Sectors = 0
      for (start, length) in segments {
        lines.append(
          TargetLine(
            start: end, length: length,
            .linear(LinearTargetParams(device: .number(disk.device), start: start))))
        end += length
      }
      return try TargetTable(lines)
    }

    @Test func `a device has the size, the table and the uuid that it is created with`()
      async throws
    {
      let device = try await LinearDev.create(
        dm, .test("l"), uuid: "swift-test-uuid", table: table((64, 2048)), options: .privateDevice)
      #expect(try device.size() == 2048)
      #expect(try device.device().size() == 2048)
      #expect(try device.table() == table((64, 2048)))
      let info = try device.info()
      #expect(info.uuid == "swift-test-uuid" && info.hasActiveTable && !info.isSuspended)
      #expect(try devnodeToDevno(device.devnode()) == device.device())
      try await device.remove()
      await expect(.noSuchAddressOrDevice, from: .deviceInfo) { _ = try device.info() }
    }

    @Test func `a name or a uuid is taken once`() async throws {
      _ = try await LinearDev.create(
        dm, .test("l"), uuid: "swift-test-uuid", table: table((0, 8)), options: .privateDevice)
      for (name, uuid) in [("l", nil), ("l", "swift-test-other"), ("m", "swift-test-uuid")]
        as [(String, DmUuid?)]
      {
        let error = await #expect(throws: DmError.self) {
          try await LinearDev.create(dm, .test(name), uuid: uuid, table: table((0, 8)))
        }
        #expect(error?.code == .exists)
        #expect(error?.notUndone == [])
      }
      #expect(try TestDevices.left().map(\.name) == [.test("l")])
    }

    @Test func `a table without lines is none`() throws {
      #expect(throws: TableError.empty) { try LinearDevTargetTable([]) }
    }

    @Test func `one segment may stand in a table twice`() async throws {
      let device = try await LinearDev.create(
        dm, .test("l"), table: table((8, 16), (8, 16)), options: .privateDevice)
      #expect(try device.table().lines.count == 2)
      #expect(try device.device().size() == 32)
    }

    @Test func `several segments come back as they were given`() async throws {
      let given = try table((0, 1), (8, 1), (16, 1), (4, 1), (2, 1))
      let device = try await LinearDev.create(
        dm, .test("l"), table: given, options: .privateDevice)
      #expect(try device.table() == given)
      #expect(try await LinearDev.setup(dm, .test("l"), table: given) == device)
    }

    @Test func `segments may be faulty, and are adopted however the kernel prints that`()
      async throws
    {
      let faults: [FlakeyFeatures] = [
        FlakeyFeatures(), try FlakeyFeatures(writes: .drop),
        try FlakeyFeatures(
          corruption: .init(byte: 32, direction: .read, value: 1, flags: 0)),
      ]
      var lines = try table((0, 8)).lines
      for features in faults {
        let flakey = try FlakeyTargetParams(
          device: .number(disk.device), start: 64, up: 16, down: 2, features: features)
        lines.append(
          TargetLine(start: Sectors(lines.count * 8), length: 8, .flakey(flakey)))
      }
      let given = try LinearDevTargetTable(lines)
      let device = try await LinearDev.create(
        dm, .test("l"), table: given, options: .privateDevice)
      #expect(try device.table().lines.map(\.content.targetType) == lines.map(\.content.targetType))
      #expect(try await LinearDev.setup(dm, .test("l"), table: given) == device)
    }

    @Test func `a device has its new name, and its own name is no news`() async throws {
      var device = try await LinearDev.create(
        dm, .test("l"), table: table((0, 8)), options: .privateDevice)
      try await device.rename(to: .test("l"))
      try await device.rename(to: .test("m"))
      #expect(device.name == .test("m"))
      #expect(try TestDevices.left().map(\.name) == [.test("m")])
      #expect(try device.table() == table((0, 8)))
    }

    @Test func `a new table takes the place of the old one, longer or shorter`() async throws {
      let device = try await LinearDev.create(
        dm, .test("l"), table: table((0, 8)), options: .privateDevice)
      for next in [try table((0, 8), (64, 8)), try table((128, 8))] {
        try await device.setTable(next, options: .privateDevice)
        #expect(try device.table() == next)
        #expect(try device.device().size() == next.length)
        #expect(try !device.info().hasInactiveTable)
      }
    }

    @Test func `a table that the kernel refuses leaves the old one`() async throws {
      let device = try await LinearDev.create(
        dm, .test("l"), table: table((0, 8)), options: .privateDevice)
      // The kernel finds out when it exchanges the tables, and leaves the device suspended.
      await expect(.invalidArgument, from: .deviceSuspend) {
        try await device.setTable(table((disk.size, 8)), options: .privateDevice)
      }
      #expect(try device.table() == table((0, 8)))
      let info = try device.info()
      #expect(!info.hasInactiveTable && !info.isSuspended)
    }

    @Test func `a device whose table is refused isn't created`() async throws {
      await expect(.invalidArgument, from: .tableLoad) {
        _ = try await LinearDev.create(dm, .test("l"), table: table((disk.size, 8)))
      }
      #expect(try !dm.deviceExists(.test("l")))
    }

    @Test func `what has one target has one line`() async throws {
      _ = try await LinearDev.create(
        dm, .test("l"), table: table((0, 8), (64, 8)), options: .privateDevice)
      let device = try DmDevice<LinearTargetParams>.open(dm, .test("l"))
      let error = #expect(throws: DmError.self) { try device.parameters() }
      #expect(error?.code == .invalidTable)
    }

    @Test func `a device of another target isn't opened`() async throws {
      try await dm.makeErrorDevice("l")
      let error = #expect(throws: DmError.self) { try LinearDev.open(dm, .test("l")) }
      #expect(error?.code == .unreadableText)
    }
  }
}
