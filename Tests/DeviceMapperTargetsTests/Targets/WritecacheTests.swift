import DeviceMapperTargets
import Testing

struct WritecacheTests {
  @Test(arguments: [
    ("s 1:0 1:1 4096 0", nil), ("p 259:0 259:1 512 1 nofua", nil),
    (
      """
      s 1:0 1:1 4096 18 start_sector 8 high_watermark 90 low_watermark 80 writeback_jobs 4 \
      autocommit_blocks 64 autocommit_time 3600000 max_age 86400000 cleaner metadata_only \
      pause_writeback 3000
      """, nil
    ),
    // Kernels with version 1.3 don't count `max_age`.
    ("s 1:0 1:1 4096 0 max_age 5000", "s 1:0 1:1 4096 2 max_age 5000"),
    (
      "S 1:0 /dev/c 4096 5 Low_Watermark 10 of_the_future 7 CLEANER",
      "s 1:0 /dev/c 4096 5 low_watermark 10 cleaner of_the_future 7"
    ),
    ("s 1:0 1:1 4096 2 start_sector 0", "s 1:0 1:1 4096 0"),
  ])
  func `parameters are printed as the kernel does`(line: String, printed: String?) throws {
    let params = try expectRoundTrip(WritecacheTargetParams.self, line, printed: printed)
    #expect(params.blockSize == (params.kind == .ssd ? 4096 : 512))
  }

  @Test(arguments: [
    ("x 1:0 1:1 4096 0", "kind", 0, ParseError.Reason.unknownWord),
    ("s 1:0 1:1 256 0", "block size", 0, .forbidden),
    ("s 1:0 1:1 1000 0", "block size", 0, .forbidden),
    ("s 1:0 1:1 4096", "option count", 14, .missing),
    ("s 1:0 1:1 4096 1 fua", "fua", 0, .forbidden),
    ("s 1:0 1:1 4096 2 high_watermark 40", "watermarks", 0, .forbidden),
    ("s 1:0 1:1 4096 2 low_watermark 60", "watermarks", 0, .forbidden),
    ("s 1:0 1:1 4096 2 high_watermark 101", "high watermark", 32, .outOfRange),
    ("s 1:0 1:1 4096 2 autocommit_time 3600001", "autocommit time", 33, .outOfRange),
    ("s 1:0 1:1 4096 2 max_age 86400001", "maximum age", 25, .outOfRange),
    ("s 1:0 1:1 4096 1 max_age", "maximum age", 24, .missing),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(WritecacheTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() throws {
    #expect(throws: ParameterError.self) { try WritecacheOptions(highWatermark: 101) }
    #expect(throws: ParameterError.self) { try WritecacheOptions(autocommitTime: 3_600_001) }
    #expect(throws: ParameterError.self) { try WritecacheOptions(maximumAge: 86_400_001) }
    #expect(throws: ParameterError.self) { try WritecacheOptions(pauseWriteback: 60_001) }
    expectRefusedJSON(
      WritecacheOptions.self,
      #"{"startSector":0,"lowWatermark":60,"isCleaner":false,"cachesMetadataOnly":false,"unknown":[]}"#
    )
  }

  @Test(arguments: [
    ("0 1000 900 5", Health.Level.healthy), ("1 1000 900 5 ", .failed),
    // Full: what doesn't fit is written past the cache.
    ("0 1000 0 1000", .healthy),
    ("0 1000 1000 0 1 2 3 4 5 6 7 8 9 10", .healthy),
    ("0 1000 900 5 1 2 3 4 5 6 7 8 9 10 of the future", .healthy),
  ])
  func `a status is printed as it was read`(line: String, level: Health.Level) throws {
    #expect(try expectRoundTrip(WritecacheStatus.self, line).health.level == level)
  }

  @Test func `a status has its figures`() throws {
    let status = try WritecacheStatus(parsing: "0 1000 900 5 1 2 3 4 5 6 7 8 9 10")
    #expect(status.usage == Usage(used: 100, total: 1000))
    #expect(!status.isClean)
    #expect(status.statistics?.readHits == 2)
    #expect(status.statistics?.discards == 10)
    #expect(try WritecacheStatus(parsing: "0 1000 1000 0").isClean)
  }

  @Test(arguments: [
    ("2 1 1 1", "error", 0, ParseError.Reason.outOfRange),
    ("-5 1 1 1", "error", 0, .malformed),
    ("unknown 1 1 1", "error", 0, .malformed),
    ("0 1 1", "blocks under writeback", 5, .missing),
    ("0 1 1 0 1 2", "writes", 11, .missing),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(WritecacheStatus.self, line, field, offset, reason)
  }

  @Test(arguments: [
    (WritecacheMessage.flush, "flush"), (.flushOnSuspend, "flush_on_suspend"),
    (.cleaner, "cleaner"), (.clearStatistics, "clear_stats"),
  ])
  func `a message is printed`(message: WritecacheMessage, text: String) {
    #expect(message.text.description == text)
  }
}
