import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  /// Every target on the kernel: its table taken, read back, printed, loaded again and equal, and its
  /// status and its measurement read and printed.
  struct TargetRoundTrips {
    let dm: DM

    init() throws { dm = try DM() }

    private func check(_ row: TargetRow) async throws {
      let legs = try await Legs(dm)
      let described = try row.table(legs)
      let device = try await DmDevice<AnyTarget>.create(
        dm, .test("target"), table: described, options: .privateDevice)

      let found = try dm.table(device.id)
      _ = try found.only(AnyTarget.self)
      let table = try found.table(of: AnyTarget.self)
      if row.reload != .changes { #expect(table.length == described.length) }
      _ = try dm.tableStatus(device.id, options: DmOptions(flags: .noFlush)).only(AnyStatus.self)
      let measured = try dm.tableStatus(device.id, options: DmOptions(flags: .imaMeasurement))
      let measurement = try measured.only(TargetMeasurement.self)
      if let name = measurement["target_name"] {
        #expect(name.description == measurement.targetType.description)
      }

      if row.reload == .same {
        try await device.setTable(table, options: .privateDevice)
        let again = try dm.table(device.id)
        #expect(again.lines == found.lines, "equal once it was loaded again")
      }
      #expect(try await dm.isAtRest(device.name))
      try await device.remove(options: .privateDevice)
    }

    @Test(.kernel(.linear, .striped, .delay, .flakey), arguments: TargetRow.simple)
    func `a target that maps or spoils`(row: TargetRow) async throws { try await check(row) }

    @Test(.kernel(.crypt, .integrity), arguments: TargetRow.crypt)
    func `a target that encrypts or verifies`(row: TargetRow) async throws { try await check(row) }

    @Test(
      .kernel(.crypt, .integrity),
      .enabled("needs Debian's kernel") { (try? DM().targetVersion(.ebs)) == nil },
      arguments: TargetRow.uncommonCrypt)
    func `a target of uncommon algorithms`(row: TargetRow) async throws { try await check(row) }

    /// The kernel wipes a request that holds a key, and its version in the reply with it.
    @Test(.kernel(.crypt)) func `an unknown cipher is refused, and nothing the kernel lacks`()
      async throws
    {
      let legs = try await Legs(dm, count: 1)
      let table = try TargetRow("8192 crypt nonsense-xts-plain64 00 0 {0} 0").table(legs)
      let error = await #expect(throws: DmError.self) {
        _ = try await DmDevice<AnyTarget>.create(
          dm, .test("target"), table: table, options: .privateDevice)
      }
      #expect(error?.code == .refused)
    }

    @Test(.kernel(.thinPool, .cache, .writecache, .clone, .era), arguments: TargetRow.cached)
    func `a target with metadata`(row: TargetRow) async throws { try await check(row) }

    @Test(.kernel(.raid, .mirror, .multipath), arguments: TargetRow.redundant)
    func `a target with redundancy`(row: TargetRow) async throws { try await check(row) }

    @Test(.kernel(.snapshot), arguments: TargetRow.snapshots)
    func `a snapshot or its origin`(row: TargetRow) async throws { try await check(row) }

    // A kernel that has ebs has the rest of these, too.
    @Test(.optionalKernel(.ebs), arguments: TargetRow.wide)
    func `what Debian's kernel lacks`(row: TargetRow) async throws { try await check(row) }
  }
}
