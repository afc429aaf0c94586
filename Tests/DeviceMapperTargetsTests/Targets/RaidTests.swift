import DeviceMapperTargets
import Testing

struct RaidTests {
  /// Lines that kernels printed.
  @Test(arguments: [
    "raid1 3 0 region_size 1024 2 254:0 254:1 254:2 254:3",
    "raid1 1 0 1 254:0 254:1",
    "raid1 6 0 nosync write_mostly 1 max_write_behind 250 2 - 254:1 - 254:3",
    "raid1 3 0 rebuild 1 2 254:0 254:1 254:2 254:3",
    "raid1 7 0 daemon_sleep 5000 min_recovery_rate 128 max_recovery_rate 1024 2 "
      + "254:0 254:1 254:2 254:3",
    "raid1 5 0 min_recovery_rate 2048 max_recovery_rate 0 2 254:0 254:1 254:2 254:3",
    "raid1 3 0 delta_disks 1 3 254:0 254:1 254:2 254:3 254:4 254:5",
    "raid1 3 0 data_offset 32 2 254:0 254:1 254:2 254:3",
    "raid0 1 128 1 254:0 254:1",
    "raid0 1 8 2 254:0 254:1 254:2 254:3",
    "raid10 5 128 raid10_copies 2 raid10_format offset 4 "
      + "254:0 254:1 254:2 254:3 254:4 254:5 254:6 254:7",
    "raid10_far 1 128 4 254:0 254:1 254:2 254:3 254:4 254:5 254:6 254:7",
    "raid5_n 3 128 stripe_cache 512 3 254:0 254:1 254:2 254:3 254:4 254:5",
    "raid5_la 2 128 sync 3 254:0 254:1 254:2 254:3 - -",
    "raid5_ls 5 128 journal_dev 254:13 journal_mode writeback 3 "
      + "254:0 254:1 254:2 254:3 254:4 254:5",
    "raid6_ra_6 1 128 4 - - 254:1 254:2 254:3 254:4 - 254:5",
  ])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(RaidTargetParams.self, line)
  }

  @Test(arguments: [
    (
      "RAID1 6 64 max_write_behind 500 NOSYNC Write_Mostly 1 2 - 1:1 - 1:3",
      "raid1 6 64 nosync write_mostly 1 max_write_behind 500 2 - 1:1 - 1:3"
    ),
    (
      "raid6_zr 5 128 rebuild 2 rebuild 0 4 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7",
      "raid6_zr 5 128 rebuild 0 rebuild 2 4 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7"
    ),
    (
      "raid1 5 0 write_mostly 1 write_mostly 1 2 - 1:0 - 1:1",
      "raid1 3 0 write_mostly 1 2 - 1:0 - 1:1"
    ),
    ("raid5_n 3 8 delta_disks 0 2 - 1:0 - 1:1", "raid5_n 1 8 2 - 1:0 - 1:1"),
    ("raid5_n 3 8 delta_disks -1 2 - 1:0 - 1:1", "raid5_n 3 8 delta_disks -1 2 - 1:0 - 1:1"),
    ("raid5_n 4 8 sync new_option 5 2 - 1:0 - 1:1", "raid5_n 4 8 sync new_option 5 2 - 1:0 - 1:1"),
    (
      "raid10 4 8 raid10_copies 2 5 2 - 1:0 - 1:1", "raid10 4 8 raid10_copies 2 5 2 - 1:0 - 1:1"
    ),
    (
      "raid10 4 8 raid10_use_near_sets raid10_format far 2 - 1:0 - 1:1",
      "raid10 4 8 raid10_format far raid10_use_near_sets 2 - 1:0 - 1:1"
    ),
  ])
  func `parameters are printed as the kernel does`(line: String, printed: String) throws {
    try expectRoundTrip(RaidTargetParams.self, line, printed: printed)
  }

  @Test func `the count of a kernel that hides a word is understood`() throws {
    let line =
      "raid10 6 128 raid10_copies 2 raid10_format far 4 "
      + "254:0 254:1 254:2 254:3 254:4 254:5 254:6 254:7"
    let params = try expectRoundTrip(
      RaidTargetParams.self, line,
      printed: line.replacing(" 4 ", with: " raid10_use_near_sets 4 "))
    #expect(params.options.usesNearSets)
    #expect(params.devices.count == 4)
  }

  /// Tables that kernels refused.
  @Test(arguments: [
    ("raid0 2 128 nosync 2 - 1:0 - 1:1", "nosync"),
    ("raid0 3 128 region_size 1024 2 - 1:0 - 1:1", "region_size"),
    ("raid0 1 100 2 - 1:0 - 1:1", "chunk size"),
    ("raid0 1 4 2 - 1:0 - 1:1", "chunk size"),
    ("raid0 1 8 0", "number of devices"),
    ("raid1 5 0 write_mostly 0 write_mostly 1 2 - 1:0 - 1:1", "write_mostly"),
    ("raid1 3 0 write_mostly 2 2 - 1:0 - 1:1", "write_mostly"),
    ("raid1 4 0 sync rebuild 1 2 - 1:0 - 1:1", "rebuild"),
    ("raid1 3 0 rebuild 2 2 - 1:0 - 1:1", "rebuild"),
    ("raid1 3 0 rebuild 1 2 - 1:0 - -", "rebuild"),
    ("raid1 5 0 rebuild 1 rebuild 1 2 - 1:0 - 1:1", "rebuild"),
    ("raid1 3 0 rebuild 0 1 1:0 1:1", "devices to rebuild or missing"),
    ("raid1 3 0 rebuild 0 2 1:0 1:1 - -", "devices to rebuild or missing"),
    ("raid1 1 0 2 - - - -", "devices to rebuild or missing"),
    ("raid4 5 8 rebuild 0 rebuild 1 3 - 1:0 - 1:1 - 1:2", "devices to rebuild or missing"),
    ("raid5_n 3 8 rebuild 0 3 1:0 1:1 - - 1:2 1:3", "devices to rebuild or missing"),
    ("raid5_n 1 8 3 1:0 1:1 - - - -", "devices to rebuild or missing"),
    (
      "raid6_zr 5 8 rebuild 0 rebuild 1 4 - 1:0 - 1:1 - 1:2 - -", "devices to rebuild or missing"
    ),
    ("raid1 3 0 sync nosync 2 - 1:0 - 1:1", "options"),
    ("raid1 3 0 sync sync 2 - 1:0 - 1:1", "options"),
    ("raid1 5 0 min_recovery_rate 2 max_recovery_rate 1 2 - 1:0 - 1:1", "minimum recovery rate"),
    ("raid1 3 0 delta_disks 252 2 - 1:0 - 1:1", "delta_disks"),
    ("raid1 3 0 data_offset 16 2 - 1:0 - 1:1", "data_offset"),
    ("raid1 3 0 data_offset 33 2 - 1:0 - 1:1", "data_offset"),
    ("raid1 3 0 stripe_cache 32 2 - 1:0 - 1:1", "stripe_cache"),
    ("raid1 3 0 region_size 1000 2 - 1:0 - 1:1", "region_size"),
    ("raid5_n 3 2048 region_size 1024 2 - 1:0 - 1:1", "region_size"),
    ("raid5_ra 3 128 write_mostly 0 3 - 1:0 - 1:1 - 1:2", "write_mostly"),
    ("raid5_ra 3 128 max_write_behind 1 3 - 1:0 - 1:1 - 1:2", "max_write_behind"),
    ("raid5_ls 3 128 journal_mode writeback 3 - 1:0 - 1:1 - 1:2", "journal mode"),
    ("raid5_ls 1 128 1 - 1:0", "number of devices"),
    ("raid6_zr 1 128 3 - 1:0 - 1:1 - 1:2", "number of devices"),
    ("raid6_nr 2 128 nosync 4 - 1:0 - 1:1 - 1:2 - 1:3", "nosync"),
    ("raid10 1 128 1 - 1:0", "number of devices"),
    ("raid10 3 128 raid10_copies 3 2 - 1:0 - 1:1", "raid10 copies"),
    ("raid10 3 128 raid10_copies 1 2 - 1:0 - 1:1", "raid10 copies"),
    ("raid10 4 8 raid10_use_near_sets raid10_format near 2 - 1:0 - 1:1", "raid10_use_near_sets"),
    ("raid10 3 128 journal_dev 1:9 2 - 1:0 - 1:1", "journal_dev"),
  ])
  func `a combination that the kernel refuses is refused`(line: String, field: String) {
    let error = #expect(throws: ParseError.self) { try RaidTargetParams(parsing: line) }
    #expect(error?.reason == .forbidden)
    #expect(error?.field == field)
  }

  @Test(arguments: [
    ("raid5 1 128 2 - 1:0 - 1:1", "raid type", 0, ParseError.Reason.unknownWord),
    ("raid1 0 2 - 1:0 - 1:1", "parameter count", 6, .outOfRange),
    (
      "raid1 5 0 nosync write_mostly 1 max_write_behind 500 2 - 1:0 - 1:1", "maximum write behind",
      48, .missing
    ),
    ("raid1 1 0 2 - 1:0 1:1 -", "data device", 22, .malformed),
    ("raid1 1 0 2 - 1:0 -", "data device", 19, .missing),
    ("raid1 1 0 2 - 1:0 - 1:1 1:2", "end of line", 24, .unexpected),
    ("raid1 3 0 rebuild x 1 - 1:0", "rebuild", 18, .malformed),
    ("raid1 2 0 rebuild 1 - 1:0", "rebuild", 17, .missing),
    ("raid1 3 0 delta_disks +x 1 - 1:0", "delta disks", 22, .malformed),
    ("raid1 3 0 delta_disks -2147483649 1 - 1:0", "delta disks", 22, .outOfRange),
    ("raid10 3 8 raid10_format fur 2 - 1:0 - 1:1", "raid10 format", 25, .unknownWord),
    ("raid1 99 0", "parameter count", 10, .missing),
  ])
  func `an error says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(RaidTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() throws {
    let json = #"""
      {"type":"raid1","chunkSize":0,"devices":[{"data":"1:0"},{"data":"1:1"},null],
       "options":{"rebuild":[INDEX],"writeMostly":[],"usesNearSets":false,"unknown":[]}}
      """#
    let valid = json.replacing("INDEX", with: "0")
    #expect(
      try decodeJSON(RaidTargetParams.self, valid).description
        == "raid1 3 0 rebuild 0 3 - 1:0 - 1:1 - -")
    expectRefusedJSON(RaidTargetParams.self, json.replacing("INDEX", with: "2"))
    expectRefusedJSON(RaidTargetParams.self, json.replacing("INDEX", with: "0,1"))
    expectRefusedJSON(RaidTargetParams.self, json.replacing("INDEX", with: "-1"))
  }

  @Test func `a length has neither too many regions nor too few`() throws {
    let params = try RaidTargetParams(parsing: "raid1 3 0 region_size 1024 2 - 1:0 - 1:1")
    try params.check(length: 1024)
    try params.check(length: 2_147_483_648)
    #expect(throws: ParameterError.self) { try params.check(length: 1023) }
    #expect(throws: ParameterError.self) { try params.check(length: 2_149_580_800) }
    try RaidTargetParams(parsing: "raid1 1 0 1 - 1:0").check(length: 1)
  }

  @Test(arguments: [
    ("raid0 1 8 3 - 1:0 - 1:1 - 1:2", 3072), ("raid5_n 1 8 3 - 1:0 - 1:1 - 1:2", 2048),
    ("raid6_zr 1 8 5 - 1:0 - 1:1 - 1:2 - 1:3 - 1:4", 3072),
    ("raid10 3 8 raid10_copies 2 3 - 1:0 - 1:1 - 1:2", 3072),
    ("raid10 1 8 3 - 1:0 - 1:1 - 1:2", 3),
  ])
  func `all devices have the same share of a length`(line: String, length: Sectors) throws {
    let params = try RaidTargetParams(parsing: line)
    try params.check(length: length)
    #expect(throws: ParameterError.self) { try params.check(length: length + 1) }
  }

  @Test func `a length may be that of before or after a change of the number of devices`() throws {
    try RaidTargetParams(parsing: "raid5_n 3 8 delta_disks 1 4 - 1:0 - 1:1 - 1:2 - 1:3")
      .check(length: 2048)
  }

  @Test func `a type knows its level`() {
    for type in RaidType.allCases {
      #expect(type.description.hasPrefix(type.level.description))
    }
  }
}
