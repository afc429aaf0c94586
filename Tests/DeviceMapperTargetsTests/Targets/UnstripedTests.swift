import DeviceMapperTargets
import Testing

struct UnstripedTests {
  @Test(arguments: ["2 128 0 1:0 0", "4 256 3 /dev/nvme0n1 8", "1 1 0 259:0 18446744073709551615"])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(UnstripedTargetParams.self, line)
  }

  @Test(arguments: [
    ("2 128 2 1:0 0", "stripe", 0, ParseError.Reason.forbidden),
    ("1 128 7 1:0 0", "stripe", 0, .forbidden),
    ("0 128 0 1:0 0", "stripe", 0, .forbidden),
    ("2 0 0 1:0 0", "chunk size", 0, .forbidden),
    ("2 4294967296 0 1:0 0", "chunk size", 0, .forbidden),
    ("2 128 0 1:0", "start", 11, .missing),
    ("2 128 0 1:0 0 0", "end of line", 14, .unexpected),
  ])
  func `a stripe that isn't there is refused, even where kernels take it`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(UnstripedTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() {
    expectRefusedJSON(
      UnstripedTargetParams.self,
      #"{"stripeCount":2,"chunkSize":8,"stripe":2,"device":"1:0","start":0}"#)
  }

  @Test func `a length is whole chunks`() throws {
    let params = try UnstripedTargetParams(parsing: "2 128 0 1:0 0")
    try params.check(length: 256)
    #expect(throws: ParameterError.self) { try params.check(length: 200) }
  }

  @Test func `the status is empty, or what the buffer held`() throws {
    try expectRoundTrip(UnstripedStatus.self, "")
    #expect(try expectRoundTrip(UnstripedStatus.self, "left over").trailing == "left over")
  }
}
