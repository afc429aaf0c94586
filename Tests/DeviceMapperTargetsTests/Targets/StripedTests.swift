import DeviceMapperTargets
import Testing

struct StripedTests {
  @Test(arguments: [
    "1 8 1:0 0", "2 128 1:0 0 1:1 0", "3 12 8:16 384 /dev/disk\\ two 0 253:7 18446744073709551615",
  ])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(StripedTargetParams.self, line)
  }

  @Test(arguments: [
    ("0 8", "number of stripes", 0, ParseError.Reason.outOfRange),
    ("2 0 1:0 0 1:1 0", "chunk size", 2, .outOfRange),
    ("2 8 1:0 0", "device", 9, .missing),
    ("4294967295 8 1:0 0", "device", 18, .missing),
    ("1 8 1:0", "start", 7, .missing),
    ("1 8 1:0 0 1:1 0", "end of line", 10, .unexpected),
    ("1 8 dev 0", "device", 4, .malformed),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(StripedTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() {
    #expect(throws: ParameterError.self) { try StripedTargetParams(chunkSize: 8, stripes: []) }
    expectRefusedJSON(StripedTargetParams.self, #"{"chunkSize":8,"stripes":[]}"#)
    expectRefusedJSON(
      StripedTargetParams.self, #"{"chunkSize":0,"stripes":[{"device":"1:0","start":0}]}"#)
  }

  @Test func `a length is whole chunks of each stripe`() throws {
    let params = try StripedTargetParams(parsing: "2 8 1:0 0 1:1 0")
    try params.check(length: 32)
    #expect(throws: ParameterError.self) { try params.check(length: 24) }
    #expect(throws: ParameterError.self) { try params.check(length: 33) }
  }

  @Test(arguments: [
    ("2 1:0 1:1 1 AA", Health.Level.healthy), ("2 1:0 1:1 1 AD ", .degraded),
    ("3 8:0 8:16 259:1 1 DDD", .failed), ("1 1:0 1 A of the future", .healthy),
  ])
  func `a status is printed as it was read`(line: String, level: Health.Level) throws {
    let status = try expectRoundTrip(StripedStatus.self, line)
    #expect(status.health.level == level)
  }

  @Test func `health names the dead stripe`() throws {
    let status = try StripedStatus(parsing: "2 1:0 1:1 1 AD")
    #expect(status.stripes[1] == .init(device: Device(major: 1, minor: 1), state: .dead))
    #expect(status.health.reasons == ["stripe 1 (1:1) had an error"])
  }

  @Test(arguments: [
    ("2 1:0 1:1 1 A", "states", 12, ParseError.Reason.malformed),
    ("2 1:0 1:1 1 Ad", "states", 12, .unknownWord),
    ("2 1:0 1:1 2 AA", "number of groups", 10, .outOfRange),
    ("2 1:0 1:1 1", "states", 11, .missing),
    ("2 1:0 sda 1 AA", "device", 6, .malformed),
    ("", "number of stripes", 0, .missing),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(StripedStatus.self, line, field, offset, reason)
  }
}
