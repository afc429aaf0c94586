import DeviceMapperTargets
import Testing

struct EbsTests {
  @Test(arguments: ["1:0 128 1 8", "1:0 128 1", "/dev/a 0 8 1", "8:0 32768 1 32768"])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(EbsTargetParams.self, line)
  }

  @Test(arguments: [
    ("1:0 128 3", "emulated block size", 0, ParseError.Reason.forbidden),
    ("1:0 128 0", "emulated block size", 0, .forbidden),
    ("1:0 128 65536", "emulated block size", 0, .forbidden),
    ("1:0 128 1 0", "underlying block size", 0, .forbidden),
    ("1:0 4 1 8", "start", 0, .forbidden),
    ("1:0 4 8 1", "start", 0, .forbidden),
    ("1:0 128", "emulated block size", 7, .missing),
    ("1:0 128 1 8 8", "end of line", 12, .unexpected),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(EbsTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() {
    expectRefusedJSON(
      EbsTargetParams.self,
      #"{"device":"1:0","start":4,"emulatedBlockSize":1,"underlyingBlockSize":8}"#
    )
  }

  @Test func `a line is longer than its start`() throws {
    let params = try EbsTargetParams(parsing: "1:0 128 1 8")
    try params.check(length: 136)
    #expect(throws: ParameterError.self) { try params.check(length: 128) }
  }

  @Test func `the status is empty`() throws {
    try expectRoundTrip(EbsStatus.self, "")
  }
}
