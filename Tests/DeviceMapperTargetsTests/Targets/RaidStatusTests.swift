import DeviceMapperTargets
import Testing

struct RaidStatusTests {
  /// Lines that kernels printed, then one of the kernel's document and those of older targets.
  @Test(arguments: [
    "raid1 2 AA 16384/16384 idle 0 0 -", "raid1 2 aa 1152/16384 resync 0 0 -",
    "raid1 2 AA 0/16384 frozen 0 0 -", "raid5_ls 3 AAA 16384/16384 idle 0 0 A",
    "raid5_ls 3 AAA 16384/16384 idle 0 0 a", "raid5_ls 3 AAA 16384/16384 idle 0 0 D",
    "raid10_offset 4 AAAA 32768/32768 idle 0 0 -", "raid6_n_6 4 ADA- 5/10 recover 7 2048 -",
    "raid4 5 AAAAA 2/490221568 init 0", "raid1 2 AA 10/10 undef 0",
    "raid1 2 AA 10/10 idle 0 8", "raid1 2 Aa 3/10", "raid5_n 3 AAAA 3/10 reshape 0 2048 - and more",
  ])
  func `a status is printed as it was read`(line: String) throws {
    try expectRoundTrip(RaidStatus.self, line)
  }

  @Test func `a status has its figures`() throws {
    let status = try RaidStatus(parsing: "raid6_n_6 4 ADa- 5/10 recover 7 2048 a")
    #expect(status.type == .raid6N6)
    #expect(status.deviceCount == 4)
    #expect(status.devices == [.inSync, .failed, .outOfSync, .missing])
    #expect(status.progress == Usage(used: 5, total: 10))
    #expect(status.action == .recover)
    #expect(status.mismatches == 7)
    #expect(status.dataOffset == 2048)
    #expect(status.journal == .writeBack)
    #expect(!status.isInSync)
    #expect(
      status.health
        == Health(
          .degraded,
          [
            "device 1 failed", "device 2 not in sync", "device 3 missing", "7 mismatches found",
          ], progress: Progress("recover", fraction: 0.5)))
    #expect(
      RaidStatus(type: .raid1, devices: [.inSync, .inSync], progress: Usage(used: 9, total: 9))
        .description == "raid1 2 AA 9/9 idle 0 0 -")
  }

  @Test(arguments: [
    ("raid0 2 AA 9/9 idle 0 0 -", Health.Level.healthy), ("raid0 2 AD 9/9 idle 0 0 -", .failed),
    ("raid1 2 AD 9/9 idle 0 0 -", .degraded), ("raid1 2 DD 9/9 idle 0 0 -", .failed),
    ("raid1 2 D- 9/9 idle 0 0 -", .failed), ("raid1 2 aa 0/9 resync 0 0 -", .degraded),
    ("raid4 3 DAA 9/9 idle 0 0 -", .degraded), ("raid5_n 3 DAD 9/9 idle 0 0 -", .failed),
    ("raid6_zr 4 D-AA 9/9 idle 0 0 -", .degraded), ("raid6_zr 4 D-DA 9/9 idle 0 0 -", .failed),
    ("raid10 4 DADA 9/9 idle 0 0 -", .degraded), ("raid10 2 DD 9/9 idle 0 0 -", .failed),
    ("raid1 2 AA 9/9 check 0 0 -", .healthy), ("raid1 2 AA 9/9 idle 1 0 -", .degraded),
    ("raid4 3 AAA 9/9 idle 0 0 D", .degraded), ("raid1 2 AA 9/9", .healthy),
  ])
  func `health is that of the level`(line: String, level: Health.Level) throws {
    #expect(try RaidStatus(parsing: line).health.level == level)
  }

  @Test func `an action has a progress while it is going on`() throws {
    #expect(try RaidStatus(parsing: "raid1 2 AA 0/9 frozen 0 0 -").health.progress == nil)
    let old = try RaidStatus(parsing: "raid1 2 aa 3/4")
    #expect(old.health.progress == Progress("resync", fraction: 0.75))
  }

  @Test(arguments: [
    ("", "raid type", 0, ParseError.Reason.missing),
    ("raid7 1 A 1/1", "raid type", 0, .unknownWord),
    ("raid1 2 AX 1/1", "device states", 8, .unknownWord),
    ("raid1 2 AA 1", "progress", 11, .malformed),
    ("raid1 2 AA 1/1 rest 0", "action", 15, .unknownWord),
    ("raid1 2 AA 1/1 idle", "mismatches", 19, .missing),
    ("raid1 2 AA 1/1 idle 0 -", "data offset", 22, .malformed),
    ("raid1 2 AA 1/1 idle 0 0 AA", "journal state", 24, .unknownWord),
  ])
  func `an error says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(RaidStatus.self, line, field, offset, reason)
  }

  @Test func `a message is its word`() {
    #expect(
      RaidMessage.allCases.map { $0.text.description }
        == ["idle", "frozen", "resync", "recover", "check", "repair"])
  }
}
