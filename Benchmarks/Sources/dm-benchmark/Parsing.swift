import CLibDeviceMapper
import DeviceMapperTargets

extension Benchmark {
  /// Status lines that libdevmapper has a parser for.
  static var parsing: [Benchmark] {
    [
      parse("thin-pool", poolStatus, ThinPoolStatus.self, parsePool),
      parse("thin", "65536 65535", ThinStatus.self) { pool, text in
        var status: UnsafeMutablePointer<dm_status_thin>?
        return dm_get_status_thin(pool, text, &status) != 0
      },
      parse(
        "cache",
        "8 72/4096 128 4/1024 17 42 33 108 0 4 2 1 writeback 2 migration_threshold 2048 smq 0 rw - ",
        CacheDevStatus.self
      ) { pool, text in
        var status: UnsafeMutablePointer<dm_status_cache>?
        return dm_get_status_cache(pool, text, &status) != 0
      },
      parse("raid", "raid5_ls 3 AAA 2097152/2097152 idle 0 0 -", RaidStatus.self) { pool, text in
        var status: UnsafeMutablePointer<dm_status_raid>?
        return dm_get_status_raid(pool, text, &status) != 0
      },
      parse("mirror", "2 254:1 254:2 1024/1024 1 AA 3 disk 254:0 A", MirrorStatus.self) {
        pool, text in
        var status: UnsafeMutablePointer<dm_status_mirror>?
        return dm_get_status_mirror(pool, text, &status) != 0
      },
      parse("snapshot", "16384/2097152 80", SnapshotStatus.self) { pool, text in
        var status: UnsafeMutablePointer<dm_status_snapshot>?
        return dm_get_status_snapshot(pool, text, &status) != 0
      },
      line,
    ]
  }

  private static let poolStatus =
    "0 1648/16384 0/512 - rw no_discard_passdown queue_if_no_space - 1024 "

  private static func parsePool(_ pool: OpaquePointer, _ text: UnsafePointer<CChar>) -> Bool {
    var status: UnsafeMutablePointer<dm_status_thin_pool>?
    return dm_get_status_thin_pool(pool, text, &status) != 0
  }

  private static func parse<Status: TargetStatus>(
    _ target: String, _ line: String, _ type: Status.Type,
    _ theirs: @escaping (OpaquePointer, UnsafePointer<CChar>) -> Bool
  ) -> Benchmark {
    Benchmark(name: "parse \(target) status") { meter in
      let bytes = Array(line.utf8)
      try meter.measure(.ours, 1000) {
        let status = try Status(parsing: bytes.span)
        use(status)
      }
      try measure(meter, line, theirs)
    }
  }

  /// A whole line of any target, beside libdevmapper's parser of what stands behind the type alone.
  private static var line: Benchmark {
    Benchmark(name: "parse line of any status") { meter in
      let bytes = Array("0 1048576 thin-pool \(poolStatus)".utf8)
      try meter.measure(.ours, 1000) {
        var fields = FieldScanner(bytes.span)
        let line = try TargetLine<AnyStatus>(fields: &fields)
        use(line)
      }
      try measure(meter, poolStatus, parsePool)
    }
  }

  private static func measure(
    _ meter: Meter, _ line: String,
    _ theirs: (OpaquePointer, UnsafePointer<CChar>) -> Bool
  ) throws {
    guard let pool = dm_pool_create("benchmark", 1024) else { throw LibraryFailed("pool") }
    defer { dm_pool_destroy(pool) }
    let text = line.utf8.map { CChar(bitPattern: $0) } + [0]
    try meter.measure(.theirs, 1000) {
      // As every caller does: what the parser allocates is given back.
      guard let mark = dm_pool_alloc(pool, 1), theirs(pool, text) else { throw LibraryFailed(line) }
      dm_pool_free(pool, mark)
    }
  }
}
