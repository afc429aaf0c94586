import DeviceMapperTargets
import Testing

struct CacheTests {
  /// Lines that kernels printed, then some on their way to one.
  @Test(arguments: [
    ("1:0 1:1 1:2 128 1 writethrough default 0", "1:0 1:1 1:2 128 1 writethrough default 0"),
    (
      "254:0 254:1 254:2 128 0 mq 4 sequential_threshold 10 random_threshold 3",
      "254:0 254:1 254:2 128 0 mq 4 sequential_threshold 10 random_threshold 3"
    ),
    (
      "254:0 254:1 254:2 128 3 metadata2 Writeback no_discard_passdown smq 2 migration_threshold 4096",
      "254:0 254:1 254:2 128 3 metadata2 writeback no_discard_passdown smq 2 migration_threshold 4096"
    ),
    (
      "251:0 251:1 251:2 128 2 passthrough metadata2 cleaner 0",
      "251:0 251:1 251:2 128 2 metadata2 passthrough cleaner 0"
    ),
    ("254:0 254:1 254:2 128 0 cleaner 0 extra", "254:0 254:1 254:2 128 0 cleaner 0 extra"),
    (
      "/dev/meta /dev/fast /dev/slow 512 2 of_the_future writeback lru 2 a b",
      "/dev/meta /dev/fast /dev/slow 512 2 writeback of_the_future lru 2 a b"
    ),
  ])
  func `parameters are printed as the kernel does`(line: String, printed: String) throws {
    try expectRoundTrip(CacheTargetParams.self, line, printed: printed)
  }

  @Test(arguments: [
    ("1:0 1:1 1:2 96 0 smq 0", "cache block size", 0, ParseError.Reason.forbidden),
    ("1:0 1:1 1:2 32 0 smq 0", "cache block size", 0, .forbidden),
    ("1:0 1:1 1:2 4194304 0 smq 0", "cache block size", 0, .forbidden),
    ("1:0 1:1 1:2 128 2 writeback passthrough smq 0", "features", 18, .forbidden),
    ("1:0 1:1 1:2 128 2 writeback writeback smq 0", "features", 18, .forbidden),
    ("1:0 1:1 1:2 128 0", "policy", 17, .missing),
    ("1:0 1:1 1:2 128 0 smq", "policy argument count", 21, .missing),
    ("1:0 1:1 1:2 128 0 smq 1 migration_threshold", "value", 43, .missing),
    ("1:0 1:1 1:2 128 0 smq 2 migration_threshold", "policy argument count", 43, .missing),
    ("1:0 1:1 1:2 128 4294967295 smq 0", "feature count", 32, .missing),
    ("1:0 1:1 x 128 0 smq 0", "origin device", 8, .malformed),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(CacheTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() {
    let json = #"""
      {"metadataDevice":"1:0","cacheDevice":"1:1","originDevice":"1:2","cacheBlockSize":65,
       "features":{"usesMetadata2":false,"passesDiscardsDown":true,"unknown":[]},
       "policy":{"name":"smq","arguments":[]},"trailing":""}
      """#
    expectRefusedJSON(CacheTargetParams.self, json)
  }

  @Test func `a policy has a migration threshold or the default one`() throws {
    #expect(CachePolicy(.smq).migrationThreshold == nil)
    let policy = CachePolicy(.smq, migrationThreshold: 4096)
    #expect(policy.migrationThreshold == 4096)
    let params = try CacheTargetParams(
      metadataDevice: .number(Device(major: 1, minor: 0)),
      cacheDevice: .number(Device(major: 1, minor: 1)),
      originDevice: .number(Device(major: 1, minor: 2)), cacheBlockSize: 128,
      features: CacheFeatures(mode: .writeback), policy: policy)
    #expect(
      params.description == "1:0 1:1 1:2 128 1 writeback smq 2 migration_threshold 4096")
  }

  /// Lines that kernels from 3.x to 7.2 printed.
  @Test(arguments: [
    "8 10/16384 128 0/1024 0 0 0 0 0 0 0 2 writethrough no_discard_passdown 2 "
      + "migration_threshold 2048 smq 0 rw - ",
    "8 10/16384 128 0/1024 0 0 0 0 0 0 0 3 metadata2 writeback no_discard_passdown 2 "
      + "migration_threshold 4096 smq 0 rw - ",
    "8 8/1024 128 8/512 0 0 0 0 0 8 8 1 writeback 2 migration_threshold 2048 mq 10 "
      + "random_threshold 0 sequential_threshold 0 discard_promote_adjustment 0 "
      + "read_promote_adjustment 0 write_promote_adjustment 0 rw - ",
    "8 10/1024 128 0/512 0 0 0 8 0 0 0 2 metadata2 passthrough 2 migration_threshold 2048 "
      + "cleaner 0 rw - ",
    "8 174/65536 128 13/2048 0 82 0 42 0 13 5 1 writeback 2 migration_threshold 204800 "
      + "mq 4 random_threshold 4 sequential_threshold 512",
    "8 8/1024 128 0/512 0 0 0 8 0 0 0 1 writeback 2 migration_threshold 2048 smq 0 ro needs_check ",
    "8 8/1024 128 0/512 0 0 0 8 0 0 0 1 unknown 4 migration_threshold 2048 a 1 b 2 c d ro "
      + "needs_check and more",
    "Fail", "Error",
  ])
  func `a status is printed as it was read`(line: String) throws {
    try expectRoundTrip(CacheDevStatus.self, line)
  }

  @Test func `a status has its figures`() throws {
    let line =
      "8 174/65536 128 13/2048 30 10 1 3 7 13 5 2 writeback no_discard_passdown 2 "
      + "migration_threshold 204800 smq 0 ro needs_check "
    guard case .working(let status) = try CacheDevStatus(parsing: line) else {
      Issue.record("not working")
      return
    }
    #expect(status.usage.metadataBlockSize == 8)
    #expect(status.usage.metadata == Usage(used: 174, total: 65536))
    #expect(status.usage.cacheBlockSize == 128)
    #expect(status.usage.cache == Usage(used: 13, total: 2048))
    #expect(status.performance.readHitFraction == 0.75)
    #expect(status.performance.writeHitFraction == 0.25)
    #expect(CacheDevPerformance().readHitFraction == nil)
    #expect(status.performance.demotions == 7)
    #expect(status.performance.promotions == 13)
    #expect(status.performance.dirty == 5)
    #expect(status.features == CacheFeatures(mode: .writeback, passesDiscardsDown: false))
    #expect(status.migrationThreshold == 204800)
    #expect(status.policy == CachePolicy(.smq))
    #expect(status.metadataMode == .readOnly)
    #expect(status.needsCheck == true)
  }

  @Test(arguments: [
    ("97", "metadata blocks", 2, ParseError.Reason.missing),
    ("8 10/16384 128 0-1024", "cache blocks", 15, .malformed),
    ("8 1/2 128 3/4 0 0 0 0 0 0", "dirty blocks", 25, .missing),
    ("8 1/2 128 3/4 0 0 0 0 0 0 0 9 writeback", "feature count", 39, .missing),
    (
      "8 1/2 128 3/4 0 0 0 0 0 0 0 1 writeback 1 migration_threshold", "migration threshold", 61,
      .missing
    ),
    ("8 1/2 128 3/4 0 0 0 0 0 0 0 1 writeback 0 smq 0 rx -", "metadata mode", 48, .unknownWord),
    ("8 1/2 128 3/4 0 0 0 0 0 0 0 1 writeback 0 smq 0 rw x", "needs check", 51, .unknownWord),
    ("Fail x", "end of line", 5, .unexpected),
    ("", "metadata block size", 0, .missing),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(CacheDevStatus.self, line, field, offset, reason)
  }

  @Test(arguments: [
    ("rw - ", Health.Level.healthy, []), ("ro - ", .degraded, ["metadata read only"]),
    ("rw needs_check", .degraded, ["metadata needs check"]), ("", .healthy, []),
  ])
  func `health is that of the metadata`(
    tail: String, level: Health.Level, reasons: [String]
  ) throws {
    let status = try CacheDevStatus(
      parsing: "8 1/2 128 3/4 0 0 0 0 0 0 0 1 writeback 0 smq 0 \(tail)")
    #expect(status.health == Health(level, reasons))
  }

  @Test func `a cache that failed is failed`() {
    #expect(CacheDevStatus.fail.health.level == .failed)
    #expect(CacheDevStatus.error.health.level == .failed)
  }

  @Test(arguments: [
    (CacheMessage.setMigrationThreshold(100), "migration_threshold 100"),
    (.set(.init(key: "sequential_threshold", value: "1024")), "sequential_threshold 1024"),
    (.invalidate([0..<10, 12..<13]), "invalidate_cblocks 0-10 12"),
  ])
  func `a message is what the kernel reads`(message: CacheMessage, text: String) {
    #expect(message.text.description == text)
  }
}
