import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

/// An operation of several commands, any of which may fail.
struct Operation: CustomTestStringConvertible {
  /// The operation, ready to be carried out, again and again if it changes nothing.
  struct Prepared {
    /// Where the operation creates a thin device: the pool, and the id that it takes.
    var thin: (pool: ThinPoolDev, id: ThinDevId)?
    var body: () async throws -> Void
  }

  var testDescription: String
  var prepare: @Sendable (DM) async throws -> Prepared

  init(_ name: String, _ prepare: @escaping @Sendable (DM) async throws -> Prepared) {
    testDescription = name
    self.prepare = prepare
  }

  /// A device of one segment, for whatever is done to it.
  private static func linear(
    _ name: String, _ body: @escaping @Sendable (LinearDev, TestDisk) async throws -> Void
  ) -> Operation {
    Operation(name) { dm in
      let disk = try await TestDisk.two().0
      let device = try await disk.cut(dm, ["linear": 128])[0]
      return Prepared { try await body(device, disk) }
    }
  }

  static let all = linears + pools + thins + caches + snapshots

  private static let linears = [
    Operation("linear: create") { dm in
      let table = try await LinearDevTargetTable.range(of: TestDisk.two().0, length: 64)
      return Prepared {
        _ = try await LinearDev.create(
          dm, .test("linear"), uuid: "swift-test-uuid", table: table, options: .privateDevice)
      }
    },
    Operation("linear: set up what isn't there") { dm in
      let table = try await LinearDevTargetTable.range(of: TestDisk.two().0, length: 64)
      return Prepared {
        _ = try await LinearDev.setup(dm, .test("linear"), table: table, options: .privateDevice)
      }
    },
    Operation("linear: set up what has no table") { dm in
      let table = try await LinearDevTargetTable.range(of: TestDisk.two().0, length: 64)
      _ = try dm.deviceCreate(.test("linear"))
      return Prepared {
        _ = try await LinearDev.setup(dm, .test("linear"), table: table, options: .privateDevice)
      }
    },
    Operation("linear: set up what was never resumed") { dm in
      let table = try await LinearDevTargetTable.range(of: TestDisk.two().0, length: 64)
      _ = try dm.deviceCreate(.test("linear"))
      try dm.tableLoad(.test("linear"), table)
      return Prepared {
        _ = try await LinearDev.setup(dm, .test("linear"), table: table, options: .privateDevice)
      }
    },
    linear("linear: adopt") { device, _ in
      _ = try await LinearDev.setup(device.dm, device.name, table: device.table())
    },
    linear("linear: set a table") { device, disk in
      try await device.setTable(.range(of: disk, length: 256), options: .privateDevice)
    },
    Operation("linear: set a table while suspended") { dm in
      let disk = try await TestDisk.two().0
      let device = try await disk.cut(dm, ["linear": 128])[0]
      try await device.suspend()
      return Prepared {
        try await device.setTable(.range(of: disk, length: 256), options: .privateDevice)
      }
    },
    linear("linear: rename") { device, _ in
      var device = device
      try await device.rename(to: .test("other"), options: .privateDevice)
    },
  ]

  private static let pools = [
    Operation("pool: create") { dm in
      let parts = try await TestPool(dm)
      let parameters = try parts.pool.parameters()
      try await parts.pool.remove()
      return Prepared { _ = try await ThinPoolDev.create(dm, .test("pool"), parameters) }
    },
    Operation("pool: set a low water mark") { dm in
      let pool = try await TestPool(dm).pool
      return Prepared { try await pool.setLowWaterMark(7) }
    },
    Operation("pool: grow") { dm in
      let parts = try await TestPool(dm)
      try await parts.data.setTable(
        .range(of: parts.disks.1, length: 32768), options: .privateDevice)
      return Prepared { try await parts.pool.grow() }
    },
  ]

  private static let thins = [
    Operation("thin: create") { dm in
      let pool = try await TestPool(dm).pool
      return Prepared(thin: (pool, 7)) {
        _ = try await ThinDev.create(dm, .test("thin"), pool: pool, thinId: 7, length: 8192)
      }
    },
    Operation("thin: set up") { dm in
      let pool = try await TestPool(dm).pool
      try pool.send(.createThin(0))
      return Prepared {
        _ = try await ThinDev.setup(dm, .test("thin"), pool: pool, thinId: 0, length: 8192)
      }
    },
    Operation("thin: snapshot") { dm in
      let parts = try await TestPool(dm)
      let thin = try await parts.thin("thin", 0)
      return Prepared(thin: (parts.pool, 7)) {
        _ = try await thin.snapshot(.test("snapshot"), pool: parts.pool, thinId: 7)
      }
    },
    Operation("thin: snapshot while suspended") { dm in
      let parts = try await TestPool(dm)
      let thin = try await parts.thin("thin", 0)
      try await thin.suspend()
      return Prepared(thin: (parts.pool, 7)) {
        _ = try await thin.snapshot(.test("snapshot"), pool: parts.pool, thinId: 7)
      }
    },
    Operation("thin: resize") { dm in
      let thin = try await TestPool(dm).thin("thin", 0)
      return Prepared { try await thin.resize(to: 16384) }
    },
  ]

  private static let caches = [
    Operation("cache: create") { dm in
      let cache = try await TestCache(dm).cache
      let parameters = try cache.parameters()
      try await cache.remove()
      return Prepared { _ = try await CacheDev.create(dm, .test("cache"), parameters) }
    },
    Operation("cache: set the mode") { dm in
      let cache = try await TestCache(dm).cache
      return Prepared { try await cache.setMode(.writeback) }
    },
    Operation("cache: resize") { dm in
      let parts = try await TestCache(dm)
      let disk = try await TestDisk.two().1
      try await parts.origin.setTable(.range(of: disk, length: 114_688), options: .privateDevice)
      return Prepared { try await parts.cache.resize() }
    },
  ]

  private static let snapshots = [
    Operation("snapshot: take") { dm in
      let (base, store) = try await TestDisk.two()
      let origin = try await SnapshotOriginDev.create(
        dm, .test("origin"), SnapshotOriginTargetParams(device: .number(base.device)),
        length: 65536)
      return Prepared {
        _ = try await origin.snapshot(
          .test("snapshot"),
          store: SnapshotStore(
            device: .number(store.device), persistence: .transient, chunkSize: 16))
      }
    },
    Operation("snapshot: merge") { dm in
      let (base, store) = try await TestDisk.two()
      try store.path.fill(0)
      let origin = try await SnapshotOriginDev.create(
        dm, .test("origin"), SnapshotOriginTargetParams(device: .number(base.device)),
        length: 65536)
      let snapshot = try await origin.snapshot(
        .test("snapshot"), uuid: "swift-test-uuid",
        store: SnapshotStore(
          device: .number(store.device), persistence: .persistent, chunkSize: 16))
      return Prepared { _ = try await origin.merge(snapshot) }
    },
  ]
}
