import DeviceMapper
import DeviceMapperTargets

extension Benchmark {
  /// Commands of the kernel's interface, on devices that the benchmark makes.
  static var kernel: [Benchmark] {
    [
      // The small ones first: libdevmapper keeps the size of the largest reply for good.
      onDevices("status of 1 line", 50, devices: 1, lines: 1) { dm, id in
        use(try dm.tableStatus(id, options: DmOptions(flags: .noFlush)))
      } theirs: {
        try Library.status($0, table: false)
      },
      onDevices("table of 1 line", 50, devices: 1, lines: 1) { dm, id in
        use(try dm.table(id))
      } theirs: {
        try Library.status($0, table: true)
      },
      cycle,
      onDevices("list of 1000 devices", 5, devices: 1000, lines: 1) { dm, _ in
        use(try dm.listDevices())
      } theirs: { _ in
        try Library.list()
      },
      onDevices("load of 1000 lines", 5, devices: 1, lines: 1000) { dm, id in
        try dm.tableLoad(id, table(1000))
      } theirs: {
        try Library.load($0, lines: 1000)
      },
      // libdevmapper's fails in a kernel of 2 GiB, so this is beside sixteen small ones.
      onDevices("load of 16000 lines", 1, devices: 1, lines: 1) { dm, id in
        try dm.tableLoad(id, table(16000))
      } theirs: { _ in
        let dm = try DM()
        for _ in 0..<16 { try dm.tableLoad(.name("benchmark-0"), table(1000)) }
      },
    ] + [1000, 16000].flatMap(ofLines)
  }

  /// Tables of `lines` lines: figures that grow with their number and no faster.
  private static func ofLines(_ lines: UInt64) -> [Benchmark] {
    [
      onDevices("status of \(lines) lines", 5, devices: 1, lines: lines) { dm, id in
        use(try dm.tableStatus(id, options: DmOptions(flags: .noFlush)))
      } theirs: {
        try Library.status($0, table: false)
      },
      onDevices("table of \(lines) lines", 5, devices: 1, lines: lines) { dm, id in
        use(try dm.table(id))
      } theirs: {
        try Library.status($0, table: true)
      },
    ]
  }

  private static var cycle: Benchmark {
    Benchmark(name: "create, load, resume, remove") { meter in
      let dm = try DM()
      try dm.removeAll()
      try waiting {
        for _ in 0..<3 { try await cycle(dm) }
        begin()
        for _ in 0..<20 { try await cycle(dm) }
        end()
      }
      meter.report(.ours, 20)
      try meter.measure(.theirs, 20) { try Library.cycle("benchmark-cycle") }
    }
  }

  @inline(never)
  private static func cycle(_ dm: DM) async throws {
    let options = DmOptions(udev: .none)
    let id = DevId.name("benchmark-cycle")
    _ = try dm.deviceCreate("benchmark-cycle")
    try dm.tableLoad(id, table(1))
    try await dm.deviceResume(id, options: options)
    try await dm.deviceRemove(id, options: options)
  }

  /// A table of `error` and `zero` lines in turn, eight sectors each.
  static func table(_ lines: UInt64) throws -> TargetTable<VerbatimTarget> {
    try TargetTable(
      (0..<lines).map { line in
        TargetLine(
          start: Sectors(rawValue: line * 8), length: 8,
          VerbatimTarget(line.isMultiple(of: 2) ? .error : .zero, TargetText()))
      })
  }

  private static func onDevices(
    _ name: String, _ count: Int, devices: Int, lines: UInt64,
    ours: @escaping (DM, DevId) throws -> Void, theirs: @escaping (String) throws -> Void
  ) -> Benchmark {
    Benchmark(name: name) { meter in
      let dm = try DM()
      try dm.removeAll()
      defer { try? dm.removeAll() }
      let table = try table(lines)
      try waiting {
        for index in 0..<devices {
          let name = try DmName("benchmark-\(index)")
          _ = try dm.deviceCreate(name)
          try dm.tableLoad(.name(name), table)
          try await dm.deviceResume(.name(name), options: DmOptions(udev: .none))
        }
      }
      try meter.measure(.ours, count) { try ours(dm, .name("benchmark-0")) }
      try meter.measure(.theirs, count) { try theirs("benchmark-0") }
    }
  }
}
