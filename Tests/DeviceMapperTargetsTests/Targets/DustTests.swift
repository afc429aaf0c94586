import DeviceMapperTargets
import Testing

struct DustTests {
  @Test(arguments: ["1:0 0 512", "8:16 2048 4096", "/dev/a\\ b 0 1073741824"])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(DustTargetParams.self, line)
  }

  @Test(arguments: [
    ("1:0 0 256", "block size", 0, ParseError.Reason.forbidden),
    ("1:0 0 1000", "block size", 0, .forbidden),
    ("1:0 0 2147483648", "block size", 0, .forbidden),
    ("1:0 0 4294967296", "block size", 6, .outOfRange),
    ("1:0 0", "block size", 5, .missing),
    ("1:0 0 512 1", "end of line", 10, .unexpected),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(DustTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() {
    expectRefusedJSON(DustTargetParams.self, #"{"device":"1:0","start":0,"blockSize":513}"#)
  }

  @Test func `a block isn't longer than the line`() throws {
    let params = try DustTargetParams(parsing: "1:0 0 4096")
    try params.check(length: 8)
    #expect(throws: ParameterError.self) { try params.check(length: 7) }
  }

  @Test(arguments: [
    ("252:17 bypass verbose", Health.Level.healthy),
    ("252:17 fail_read_on_bad_block quiet", .degraded),
    ("252:17 fail_read_on_bad_block", .degraded),
    ("252:17 bypass quiet of the future ", .healthy),
  ])
  func `a status is printed as it was read`(line: String, level: Health.Level) throws {
    #expect(try expectRoundTrip(DustStatus.self, line).health.level == level)
  }

  @Test(arguments: [
    ("252:17", "mode", 6, ParseError.Reason.missing),
    ("252:17 fail", "mode", 7, .unknownWord),
    ("252:17 bypass loud", "verbosity", 14, .unknownWord),
    ("sda bypass verbose", "device", 0, .malformed),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(DustStatus.self, line, field, offset, reason)
  }

  @Test(arguments: [
    (DustMessage.addBadBlock(60), "addbadblock 60"),
    (.addBadBlock(67, writeFailures: 255), "addbadblock 67 255"),
    (.removeBadBlock(.max), "removebadblock 18446744073709551615"),
    (.queryBlock(0), "queryblock 0"), (.countBadBlocks, "countbadblocks"),
    (.clearBadBlocks, "clearbadblocks"), (.listBadBlocks, "listbadblocks"),
    (.enable, "enable"), (.disable, "disable"), (.toggleQuiet, "quiet"),
  ])
  func `a message is printed`(message: DustMessage, text: String) {
    #expect(message.text.description == text)
  }

  @Test(arguments: [
    ("dust_query_block: block 67 found in badblocklist", DustReply.block(67, isBad: true)),
    ("dust_query_block: block 67 not found in badblocklist", .block(67, isBad: false)),
    ("renamed: block 67 not found in badblocklist", .block(67, isBad: false)),
    ("countbadblocks: 895 badblock(s) found", .count(895)),
    ("dust_clear_badblocks: badblocks cleared", .cleared(hadBadBlocks: true)),
    ("dust_clear_badblocks: no badblocks found", .cleared(hadBadBlocks: false)),
    ("No blocks in badblocklist", .badBlocks([])),
    ("60\n", .badBlocks([60])), ("60\n67\n72\n", .badBlocks([60, 67, 72])),
  ])
  func `a reply is read`(text: String, reply: DustReply) throws {
    #expect(try DustReply(parsing: text) == reply)
  }

  @Test(arguments: [
    ("", 0), ("dust_query_block: block x found in badblocklist", 24),
    ("block 67 lost", 9), ("60\n67 x", 6), ("countbadblocks: 895 badblock(s) lost", 32),
    ("dust_clear_badblocks: badblocks cleared twice", 40),
  ])
  func `a text that is no reply is refused`(text: String, offset: Int) {
    let error = #expect(throws: ParseError.self) { try DustReply(parsing: text) }
    #expect(error?.offset == offset)
  }
}
