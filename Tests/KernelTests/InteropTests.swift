import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// One device, seen and changed by this package and by `dmsetup`.
  @Suite(.kernel(.linear, .striped, .flakey, .thinPool, .thin, .cache)) struct Interoperation {
    let dm: DM

    init() throws { dm = try DM() }

    /// A kind of device, with a table of it in text.
    struct Kind: CustomTestStringConvertible {
      var testDescription: String
      /// Makes what the device stands on, and returns the table.
      var table: @Sendable (DM) async throws -> String
      /// Sets the device up from a text.
      var setup: @Sendable (DM, DmName, String) async throws -> Void

      init<Content: TargetContent>(
        _ name: String, _ type: Content.Type,
        _ table: @escaping @Sendable (DM) async throws -> String
      ) {
        testDescription = name
        self.table = table
        setup = { dm, name, text in
          _ = try await DmDevice<Content>.setup(
            dm, name, table: TargetTable(parsing: text), options: .privateDevice)
        }
      }

      static let all: [Kind] = [
        Kind("linear", LinearDevTargetParams.self) { _ in
          let (a, b) = try await TestDisk.two()
          return "0 64 linear \(a.device) 8\n64 8 linear \(b.device) 0\n"
        },
        Kind("striped", StripedTargetParams.self) { _ in
          let (a, b) = try await TestDisk.two()
          return "0 1024 striped 2 16 \(a.device) 0 \(b.device) 2048\n"
        },
        Kind("flakey", LinearDevTargetParams.self) { _ in
          let (a, _) = try await TestDisk.two()
          return "0 64 flakey \(a.device) 0 16 2 6 corrupt_bio_byte 32 r 1 0 drop_writes\n"
        },
        Kind("thin-pool", ThinPoolTargetParams.self) { dm in
          let features = ThinPoolFeatures(skipsBlockZeroing: true, noSpacePolicy: .error)
          let pool = try await TestPool(dm, features: features).pool
          let table = "\(try pool.table())"
          try await pool.remove()
          return table
        },
        Kind("thin", ThinTargetParams.self) { dm in
          let pool = try await TestPool(dm).pool
          try pool.send(.createThin(3))
          return "0 8192 thin \(try pool.device()) 3\n"
        },
        Kind("cache", CacheTargetParams.self) { dm in
          let cache = try await TestCache(dm).cache
          let table = "\(try cache.table())"
          try await cache.remove()
          return table
        },
      ]
    }

    private static let name = DmName.test("interop")

    private func dmsetup(_ arguments: String..., input: String = "") async throws -> String {
      try await run("dmsetup", arguments, input: input)
    }

    @Test(arguments: Kind.all)
    func `what dmsetup makes is adopted here`(kind: Kind) async throws {
      let table = try await kind.table(dm)
      _ = try await dmsetup("create", "\(Self.name)", input: table)
      let number = try dm.deviceInfo(.name(Self.name)).device
      try await kind.setup(dm, Self.name, table)
      #expect(try dm.deviceInfo(.name(Self.name)).device == number)
      try await expectSameView()
      try await DmDevice<AnyTarget>(dm, Self.name).remove()
      #expect(try await !dmsetup("ls").contains("\(Self.name)"))
    }

    @Test(arguments: Kind.all)
    func `what is made here is seen and changed by dmsetup`(kind: Kind) async throws {
      let table = try await kind.table(dm)
      try await kind.setup(dm, Self.name, table)
      let device = DmDevice<AnyTarget>(dm, Self.name)
      let loaded = try device.table()
      try await expectSameView()

      _ = try await dmsetup("suspend", "\(Self.name)")
      #expect(try device.info().isSuspended)
      _ = try await dmsetup("reload", "\(Self.name)", input: table)
      #expect(try device.info().hasInactiveTable)
      _ = try await dmsetup("resume", "\(Self.name)")
      #expect(try !device.info().isSuspended && device.table() == loaded)
      _ = try await dmsetup("rename", "\(Self.name)", "swift-test-renamed")
      #expect(try DmDevice<AnyTarget>(dm, .test("renamed")).table() == loaded)
      _ = try await dmsetup("remove", "--retry", "swift-test-renamed")
      #expect(try !dm.deviceExists(.test("renamed")))
    }

    /// Both say the same of the device, in the same words.
    private func expectSameView() async throws {
      let (name, id) = ("\(Self.name)", DevId.name(Self.name))
      let table = try dm.table(id)
      #expect(
        try await dmsetup("table", name).trimmed == "\(try table.table(of: AnyTarget.self))".trimmed
      )
      let status = try dm.tableStatus(id).parsed(as: AnyStatus.self)
      #expect(
        try await dmsetup("status", name).trimmed
          == status.map(\.description).joined(separator: "\n").trimmed)
      let info = try dm.deviceInfo(id)
      let fields = try await dmsetup(
        "info", "-c", "--noheadings", "--separator", " ", "-o",
        "major,minor,open,segments,events,attr", name)
      let number = try info.number()
      #expect(
        fields.trimmed
          == "\(number.major) \(number.minor) \(info.openCount) \(info.targetCount) \(info.eventNumber) L--w"
      )
      let dependencies = try await dmsetup("deps", "-o", "devno", name)
      for device in try dm.tableDeps(id) {
        #expect(dependencies.contains("(\(device.major), \(device.minor))"))
      }
      let listed = try await dmsetup("ls").split(separator: "\n").map(String.init)
      #expect(
        Set(listed)
          == Set(try dm.listDevices().map { "\($0.name)\t(\($0.device))" }))
    }
  }
}

extension String {
  /// The text without blanks and line breaks at the ends of its lines.
  fileprivate var trimmed: String {
    split(separator: "\n").map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return String(line)
    }.joined(separator: "\n")
  }
}
