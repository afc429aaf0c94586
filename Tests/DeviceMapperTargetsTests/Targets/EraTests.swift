import DeviceMapperTargets
import Testing

struct EraTests {
  @Test(arguments: ["1:0 1:1 8", "/dev/m 8:16 4294967288"])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(EraTargetParams.self, line)
  }

  @Test(arguments: [
    ("1:0 1:1 0", "block size", 0, ParseError.Reason.forbidden),
    ("1:0 1:1 12", "block size", 0, .forbidden),
    ("1:0 1:1 4294967296", "block size", 0, .forbidden),
    ("1:0 1:1", "block size", 7, .missing),
    ("1:0 1:1 8 8", "end of line", 10, .unexpected),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(EraTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() {
    expectRefusedJSON(
      EraTargetParams.self, #"{"metadataDevice":"1:0","originDevice":"1:1","blockSize":7}"#)
    expectRefusedJSON(EraStatus.self, #"{"state":"fail"}"#)
  }

  @Test(arguments: [
    ("8 20/1024 3 -", Health.Level.healthy), ("8 20/1024 4294967295 17 ", .healthy),
    ("8 1024/1024 3 -", .degraded), ("8 20/1024 3 - of the future", .healthy), ("Error", .failed),
  ])
  func `a status is printed as it was read`(line: String, level: Health.Level) throws {
    #expect(try expectRoundTrip(EraStatus.self, line).health.level == level)
  }

  @Test(arguments: [
    ("8 20/1024 3", "metadata snapshot", 11, ParseError.Reason.missing),
    ("8 20 3 -", "metadata blocks", 2, .malformed),
    ("Fail", "metadata block size", 0, .malformed),
    ("Error 1", "end of line", 6, .unexpected),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(EraStatus.self, line, field, offset, reason)
  }

  @Test(arguments: [
    (EraMessage.checkpoint, "checkpoint"), (.takeMetadataSnapshot, "take_metadata_snap"),
    (.dropMetadataSnapshot, "drop_metadata_snap"),
  ])
  func `a message is printed`(message: EraMessage, text: String) {
    #expect(message.text.description == text)
  }
}
