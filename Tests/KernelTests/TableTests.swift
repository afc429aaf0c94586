import DeviceMapper
import DeviceMapperTargets
import Glibc
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.linear, .error, .zero)) struct Tables {
    let dm: DM

    init() throws { dm = try DM() }

    private static func errors(_ count: Int) throws -> TargetTable<AnyTarget> {
      try TargetTable(
        (0..<count).map {
          TargetLine(start: Sectors($0 * 8), length: 8, .error(ErrorTargetParams()))
        })
    }

    @Test func `a device without a table has neither status, table nor dependencies`() throws {
      _ = try dm.deviceCreate(.test("t"), uuid: "swift-test-uuid")
      let status = try dm.tableStatus(.test("t"))
      #expect(status.lines.isEmpty)
      #expect(status.info.uuid == "swift-test-uuid")
      #expect(try dm.table(.test("t")).lines.isEmpty)
      #expect(try dm.tableDeps(.test("t")).isEmpty)
      #expect(throws: DmError.self) { try dm.table(.test("t")).table(of: AnyTarget.self) }
    }

    @Test(arguments: [DmOptions(), DmOptions(flags: .statusTable)])
    func `a device that isn't there has no status`(options: DmOptions) async {
      await expect(.noSuchAddressOrDevice, from: .tableStatus) {
        _ = try dm.tableStatus(.test("none"), options: options)
      }
    }

    @Test func `a loaded table is inactive until the resume`() async throws {
      let (disk, _) = try await TestDisk.two()
      let table = try disk.table(length: 2048, from: 64)
      _ = try dm.deviceCreate(.test("t"))
      let info = try dm.tableLoad(.test("t"), table)
      #expect(info.hasInactiveTable && !info.hasActiveTable)
      let inactive = DmOptions(flags: .queryInactiveTable)
      #expect(try dm.table(.test("t"), options: inactive).table() == table)
      #expect(try dm.table(.test("t")).lines.isEmpty)
      #expect(try dm.tableDeps(.test("t"), options: inactive) == [disk.device])
      #expect(try dm.tableDeps(.test("t")).isEmpty)
      #expect(try dm.deviceInfo(.test("t"), options: inactive).targetCount == 1)

      try await dm.deviceResume(.test("t"))
      #expect(try dm.table(.test("t")).table() == table)
      #expect(try dm.table(.test("t"), options: inactive).lines.isEmpty)
      #expect(try dm.tableDeps(.test("t")) == [disk.device])
      #expect(try dm.deviceInfo(.test("t")).number().size() == 2048)
    }

    @Test func `a loaded table can be dropped`() async throws {
      try await dm.makeErrorDevice("t", length: 8)
      try dm.tableLoad(.test("t"), Self.errors(2))
      #expect(try dm.deviceInfo(.test("t")).hasInactiveTable)
      let info = try dm.tableClear(.test("t"))
      #expect(!info.hasInactiveTable && info.hasActiveTable)
      #expect(try dm.table(.test("t")).lines.count == 1)
    }

    @Test func `every kind of line comes back as it was loaded`() async throws {
      let (first, second) = try await TestDisk.two()
      let table = try TargetTable<AnyTarget>([
        first.line(length: 24, from: 8),
        TargetLine(start: 24, length: 8, .zero(ZeroTargetParams())),
        second.line(start: 32, length: 2048, from: 2048),
        TargetLine(start: 2080, length: 1, .error(ErrorTargetParams())),
      ])
      try await dm.make("t", table)
      #expect(try dm.table(.test("t")).table() == table)
      let status = try dm.tableStatus(.test("t")).parsed(as: AnyStatus.self)
      #expect(status.map(\.content.targetType) == [.linear, .zero, .linear, .error])
      #expect(status.map(\.start) == [0, 24, 32, 2080])
      #expect(Set(try dm.tableDeps(.test("t"))) == [first.device, second.device])
    }

    @Test(arguments: [1, 7, 100, 3000])
    func `a table of many lines comes back whole`(count: Int) async throws {
      let table = try Self.errors(count)
      try await dm.make("t", table)
      #expect(try dm.table(.test("t")).table() == table)
      #expect(try dm.tableStatus(.test("t")).lines.count == count)
      #expect(try dm.deviceInfo(.test("t")).targetCount == UInt32(count))
    }

    @Test func `parameters that the target refuses leave nothing loaded`() async throws {
      _ = try dm.deviceCreate(.test("t"))
      await expect(.invalidArgument, from: .tableLoad) {
        try dm.tableLoad(
          .test("t"), TargetTable(length: 8, VerbatimTarget(.linear, "not a device")))
      }
      #expect(try !dm.deviceInfo(.test("t")).hasInactiveTable)
    }

    @Test func `a target that no kernel has is refused`() async throws {
      _ = try dm.deviceCreate(.test("t"))
      await expect(.invalidArgument, from: .tableLoad) {
        try dm.tableLoad(.test("t"), TargetTable(length: 8, VerbatimTarget("of-the-future", "")))
      }
    }

    @Test func `a text with a NUL isn't sent`() throws {
      _ = try dm.deviceCreate(.test("t"))
      let text: [UInt8] = Array("1:0 0".utf8) + [0] + Array(" and more".utf8)
      let error = #expect(throws: DmError.self) {
        try dm.tableLoad(
          .test("t"), TargetTable(length: 8, VerbatimTarget(.linear, TargetText(bytes: text.span))))
      }
      #expect(error?.code == .invalidArgument)
      #expect(try !dm.deviceInfo(.test("t")).hasInactiveTable)
    }

    @Test func `the name of a device node may have blanks`() async throws {
      let (disk, _) = try await TestDisk.two()
      let path = "/dev/swift test\\node"
      let made = unsafe mknod(path, S_IFBLK | 0o600, dev_t(disk.device.deviceNumber))
      try #require(made == 0)
      defer { _ = unsafe unlink(path) }
      let node = try #require(DevicePath(path))
      try await dm.make(
        "t",
        TargetTable(
          length: 64, .linear(LinearTargetParams(device: .path(node), start: 0))))
      #expect(try dm.table(.test("t")).table() == disk.table(length: 64))
    }

    @Test func `suspend and resume change nothing the second time`() async throws {
      try await dm.makeErrorDevice("t")
      for flags in [[], .noFlush, .skipLockFilesystem] as [DmFlags] {
        for _ in 0..<2 {
          try await dm.deviceSuspend(.test("t"), options: DmOptions(flags: flags))
          #expect(try dm.deviceInfo(.test("t")).isSuspended)
        }
        for _ in 0..<2 {
          try await dm.deviceResume(.test("t"))
          #expect(try !dm.deviceInfo(.test("t")).isSuspended)
        }
      }
    }

    @Test func `an option that would turn a resume into a suspend is refused`() async throws {
      let error = await #expect(throws: DmError.self) {
        try await dm.deviceResume(.test("t"), options: DmOptions(flags: .suspend))
      }
      #expect(error?.code == .invalidOption)
    }

    @Test func `a geometry is what the device tells of itself`() async throws {
      let info = try await dm.makeErrorDevice("t", length: 1_048_576)
      let geometry = Geometry(cylinders: 1040, heads: 16, sectorsPerTrack: 63, start: 2048)
      _ = try dm.setGeometry(.test("t"), geometry)
      let file = try open(try info.number())
      defer { try? file.close() }
      // struct hd_geometry: heads, sectors, cylinders, start.
      var told = (UInt8(0), UInt8(0), UInt16(0), UInt(0))
      let result = unsafe withUnsafeMutablePointer(to: &told) {
        // HDIO_GETGEO
        unsafe ioctl(file.rawValue, 0x0301, UnsafeMutableRawPointer($0))
      }
      #expect(result == 0)
      #expect(told == (16, 63, 1040, 2048))
    }

    @Test func `what is measured of a table names the target and its version`() async throws {
      let (disk, _) = try await TestDisk.two()
      try await dm.make("t", disk.table(length: 64, from: 8))
      let measured = try dm.tableStatus(
        .test("t"), options: DmOptions(flags: .imaMeasurement)
      ).lines
      let version = try dm.targetVersion(.linear)
      #expect(
        measured.map(\.content.text.description)
          == ["target_name=linear,target_version=\(version),device_name=\(disk.device),start=8;"])
    }
  }
}
