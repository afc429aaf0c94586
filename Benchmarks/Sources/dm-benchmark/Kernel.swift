import DeviceMapper
import DeviceMapperTargets
import Dispatch
import Synchronization

extension Benchmark {
  /// Commands of the kernel's interface, on devices that the benchmark makes.
  static var kernel: [Benchmark] {
    [
      onDevices("list of 1000 devices", devices: 1000, lines: 1) { dm, _ in
        use(try dm.listDevices())
      } theirs: { _ in
        try Library.list()
      },
      onDevices("status of 1 line", devices: 1, lines: 1) { dm, id in
        use(try dm.tableStatus(id, options: DmOptions(flags: .noFlush)))
      } theirs: {
        try Library.status($0, table: false)
      },
      onDevices("table of 1 line", devices: 1, lines: 1) { dm, id in
        use(try dm.table(id))
      } theirs: {
        try Library.status($0, table: true)
      },
      onDevices("table of 1000 lines", devices: 1, lines: 1000) { dm, id in
        use(try dm.table(id))
      } theirs: {
        try Library.status($0, table: true)
      },
      onDevices("load of 1000 lines", devices: 1, lines: 1000) { dm, id in
        try dm.tableLoad(id, table(1000))
      } theirs: {
        try Library.load($0, lines: 1000)
      },
      onDevices("create, load, resume, remove", devices: 0, lines: 1) { dm, _ in
        let options = DmOptions(udev: .none)
        try waiting {
          let id = DevId.name("benchmark-cycle")
          _ = try dm.deviceCreate("benchmark-cycle")
          try dm.tableLoad(id, table(1))
          try await dm.deviceResume(id, options: options)
          try await dm.deviceRemove(id, options: options)
        }
      } theirs: { _ in
        try Library.cycle("benchmark-cycle")
      },
    ]
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
    _ name: String, devices: Int, lines: UInt64,
    ours: @escaping (DM, DevId) throws -> Void, theirs: @escaping (String) throws -> Void
  ) -> Benchmark {
    Benchmark(name: name) { side, count in
      let dm = try DM()
      try dm.removeAll()
      let table = try table(lines)
      let options = DmOptions(udev: .none)
      try waiting {
        for index in 0..<devices {
          let name = try DmName("benchmark-\(index)")
          _ = try dm.deviceCreate(name)
          try dm.tableLoad(.name(name), table)
          try await dm.deviceResume(.name(name), options: options)
        }
      }
      switch side {
      case .ours: for _ in 0..<count { try ours(dm, .name("benchmark-0")) }
      case .libdevmapper: for _ in 0..<count { try theirs("benchmark-0") }
      }
      try dm.removeAll()
    }
  }

  /// Runs `body` to its end from a program that isn't asynchronous, which valgrind prefers.
  static func waiting(_ body: @Sendable @escaping () async throws -> Void) throws {
    let done = DispatchSemaphore(value: 0)
    let failure = Mutex<(any Error)?>(nil)
    Task.detached {
      do { try await body() } catch { failure.withLock { $0 = error } }
      done.signal()
    }
    done.wait()
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
