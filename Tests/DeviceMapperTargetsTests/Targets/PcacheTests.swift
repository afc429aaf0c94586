import DeviceMapperTargets
import Testing

struct PcacheTests {
  @Test(arguments: [
    ("259:0 8:16 4 cache_mode writeback data_crc true", nil),
    (
      "259:0 8:16 4 cache_mode writeback crc true",
      "259:0 8:16 4 cache_mode writeback data_crc true"
    ),
    ("/dev/pmem0 /dev/sdb", "/dev/pmem0 /dev/sdb 4 cache_mode writeback data_crc false"),
    ("1:0 1:1 0", "1:0 1:1 4 cache_mode writeback data_crc false"),
    ("1:0 1:1 2 data_crc true", "1:0 1:1 4 cache_mode writeback data_crc true"),
    ("1:0 1:1 2 later 9", "1:0 1:1 6 cache_mode writeback data_crc false later 9"),
  ])
  func `parameters are printed as the kernel takes them`(line: String, printed: String?) throws {
    try expectRoundTrip(PcacheTargetParams.self, line, printed: printed)
  }

  @Test(arguments: [
    ("1:0", "backing device", 3, ParseError.Reason.missing),
    ("1:0 1:1 2 cache_mode writethrough", "cache mode", 21, .unknownWord),
    ("1:0 1:1 2 data_crc yes", "data crc", 19, .unknownWord),
    ("1:0 1:1 1 data_crc", "data crc", 18, .missing),
    ("1:0 1:1 0 data_crc", "end of line", 10, .unexpected),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(PcacheTargetParams.self, line, field, offset, reason)
  }

  @Test(arguments: [
    ("0 1024 1023 12 70 3 5:4096 2:0 1:128", Health.Level.healthy),
    ("ffffffff 64 63 63 90 2 62:0 1:0 0:0 ", .degraded),
    ("0 64 63 1 0 3f 62:0 1:0 0:4294967295 of the future", .healthy),
  ])
  func `a status is printed as it was read`(line: String, level: Health.Level) throws {
    #expect(try expectRoundTrip(PcacheStatus.self, line).health.level == level)
  }

  @Test func `a status has its figures`() throws {
    let status = try PcacheStatus(parsing: "1 1024 1023 12 70 7 5:4096 5:4096 1:128")
    #expect(status.flags.checksData)
    #expect(status.flags.isInitialised)
    #expect(status.flags.cacheMode == 1)
    #expect(status.keyTail == .init(segment: 1, offset: 128))
    #expect(status.isClean)
  }

  @Test(arguments: [
    ("100000000 1 1 1 1 1 1:1 1:1 1:1", "superblock flags", 0, ParseError.Reason.malformed),
    ("0x1 1 1 1 1 1 1:1 1:1 1:1", "superblock flags", 0, .malformed),
    ("0 1 1 1 1 1 1:1 1 1:1", "dirty tail", 16, .malformed),
    ("0 1 1 1 1 1 1:1 1:1", "key tail", 19, .missing),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(PcacheStatus.self, line, field, offset, reason)
  }

  @Test func `the message has a percentage up to 90`() throws {
    #expect(try PcacheMessage(gcPercent: 90).text == "gc_percent 90")
    #expect(throws: ParameterError.self) { try PcacheMessage(gcPercent: 91) }
  }
}
