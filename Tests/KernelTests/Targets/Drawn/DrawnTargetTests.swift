import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// Laws that hold on the kernel for whatever the parameters of a target may be.
  struct DrawnTargets {
    let dm: DM
    let kernel: DrawnKernel

    init() throws {
      dm = try DM()
      kernel = try DrawnKernel(dm)
    }

    /// Draws tables and has them taken.
    private func check(_ target: DrawnTarget) async throws {
      let legs = try await Legs(dm, count: 8)
      let ground = target.ground
      let below = legs.numbers.suffix(ground?.legCount ?? 0)
      var draw = Draw(seed: 0, over: legs.numbers.dropLast(below.count), on: kernel)
      for _ in 0..<(target.isAlone ? 12 : 1) {
        let table = try draw.table(of: target)
        if target.isAlone { try legs.zero() }
        try await ground?.prepare(dm, below.map { .number($0) }, table)
        // Its first table is checked against the limits of the devices below.
        _ = try dm.deviceCreate(.test("drawn"))
        do { try check(table) } catch { Issue.record(error, "\(table.lines)") }
        try await dm.deviceRemove(.test("drawn"))
      }
    }

    /// Loads a table and reads it, twice.
    private func check(_ table: TargetTable<AnyTarget>) throws {
      let found = try loaded(table)
      let printed = try found.table(of: AnyTarget.self).normalized()
      for (drawn, printed) in zip(try table.normalized(), printed) {
        let isAsDrawn = printed.content == drawn.content
        #expect(isAsDrawn, "\(drawn.content.text) is printed as \(printed.content.text)")
      }
      #expect(printed.count == table.lines.count)
      // Of two tables that weren't active, the second one can't take over from the first.
      try dm.tableClear(.test("drawn"))
      let again = try loaded(try found.table(of: AnyTarget.self)).table(of: AnyTarget.self)
      #expect(try again.normalized() == printed)
    }

    /// Loads a table, without a resume: a kernel has checked and can print what it was given.
    private func loaded(_ table: TargetTable<AnyTarget>) throws -> TableStatus {
      let isReadOnly = table.lines[0].content.targetType == .verity
      try dm.tableLoad(
        .test("drawn"), table, options: DmOptions(flags: isReadOnly ? .readOnly : []))
      return try dm.table(.test("drawn"), options: DmOptions(flags: .queryInactiveTable))
    }

    @Test(
      .kernel(.linear, .striped, .delay, .flakey, .dust, .unstriped, .switch, .logWrites),
      arguments: DrawnTarget.simple)
    func `a target that maps or spoils takes and prints`(target: DrawnTarget) async throws {
      try await check(target)
    }

    @Test(
      .kernel(.crypt, .integrity, .verity), arguments: DrawnTarget.crypt + DrawnTarget.verifying)
    func `a target that encrypts or verifies takes and prints`(target: DrawnTarget) async throws {
      try await check(target)
    }

    @Test(
      .kernel(.thinPool, .cache, .writecache, .clone, .era), arguments: DrawnTarget.withMetadata)
    func `a target with metadata takes and prints`(target: DrawnTarget) async throws {
      try await check(target)
    }

    @Test(.kernel(.raid, .mirror, .multipath, .snapshot), arguments: DrawnTarget.redundant)
    func `a target with redundancy takes and prints`(target: DrawnTarget) async throws {
      try await check(target)
    }

    @Test(.optionalKernel(.ebs, .inlinecrypt, .vdo), arguments: DrawnTarget.new + [.vdo])
    func `what Debian's kernel lacks takes and prints`(target: DrawnTarget) async throws {
      try await check(target)
    }
  }
}
