import CLibDeviceMapper
import DeviceMapperTargets

extension Benchmark {
  /// Status lines that libdevmapper has a parser for.
  static var parsing: [Benchmark] {
    [
      parse(
        "thin-pool status",
        "0 1648/16384 0/512 - rw no_discard_passdown queue_if_no_space - 1024 ",
        ThinPoolStatus.self
      ) { pool, text in
        var status: UnsafeMutablePointer<dm_status_thin_pool>?
        return dm_get_status_thin_pool(pool, text, &status) != 0
      },
      parse("thin status", "65536 65535", ThinStatus.self) { pool, text in
        var status: UnsafeMutablePointer<dm_status_thin>?
        return dm_get_status_thin(pool, text, &status) != 0
      },
    ]
  }

  private static func parse<Status: TargetStatus>(
    _ name: String, _ line: String, _ type: Status.Type,
    _ theirs: @escaping (OpaquePointer, UnsafePointer<CChar>) -> Bool
  ) -> Benchmark {
    Benchmark(name: "parse " + name) { side, count in
      let bytes = Array(line.utf8)
      switch side {
      case .ours:
        for _ in 0..<count {
          let status = try Status(parsing: bytes.span)
          use(status)
        }
      case .libdevmapper:
        guard let pool = dm_pool_create("benchmark", 1024) else { throw LibraryFailed("pool") }
        defer { dm_pool_destroy(pool) }
        let text = bytes.map { CChar(bitPattern: $0) } + [0]
        for _ in 0..<count {
          // As every caller does: what the parser allocates is given back.
          guard let mark = dm_pool_alloc(pool, 1), theirs(pool, text) else {
            throw LibraryFailed(name)
          }
          dm_pool_free(pool, mark)
        }
      }
    }
  }
}
