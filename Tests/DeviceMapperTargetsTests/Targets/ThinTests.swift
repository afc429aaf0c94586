import DeviceMapperTargets
import Testing

struct ThinTests {
  @Test(arguments: ["254:0 0", "/dev/mapper/pool 16777215", "254:0 1 7:0"])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(ThinTargetParams.self, line)
    guard case .params = try expectRoundTrip(ThinTable.self, line) else {
      Issue.record("no parameters")
      return
    }
  }

  @Test func `a table of a pool in trouble has no parameters`() throws {
    #expect(try expectRoundTrip(ThinTable.self, "Fail") == .fail)
    #expect(try expectRoundTrip(ThinTable.self, "-") == .unavailable)
    expectParseError(ThinTargetParams.self, "Fail", "pool", 0, .malformed)
    expectParseError(ThinTable.self, "- 0", "end of line", 2, .unexpected)
  }

  @Test(arguments: [
    ("254:0", "thin device id", 5, ParseError.Reason.missing),
    ("254:0 16777216", "thin device id", 6, .outOfRange),
    ("254:0 0 7:0 7:1", "end of line", 12, .unexpected),
    ("254:0 0 254:0", "external origin", 0, .forbidden),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(ThinTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() {
    expectRefusedJSON(
      ThinTargetParams.self, #"{"pool":"254:0","thinId":0,"externalOrigin":"254:0"}"#)
    expectRefusedJSON(ThinTargetParams.self, #"{"pool":"254:0","thinId":16777216}"#)
    expectRefusedJSON(ThinTable.self, #"{"state":"closed"}"#)
  }

  @Test(arguments: [
    ("0 -", Health.Level.healthy), ("256 639", .healthy), ("65536 65535 ", .healthy),
    ("256 639 of the future", .healthy), ("-", .failed), ("Fail", .failed), ("Error", .failed),
  ])
  func `a status is printed as it was read`(line: String, level: Health.Level) throws {
    #expect(try expectRoundTrip(ThinStatus.self, line).health.level == level)
  }

  @Test func `a status has its figures`() throws {
    guard case .working(let status) = try ThinStatus(parsing: "256 639") else {
      Issue.record("not working")
      return
    }
    #expect(status.mappedSectors == 256)
    #expect(status.highestMappedSector == 639)
    #expect(status.fraction(ofLength: 1024) == 0.25)
    #expect(status.fraction(ofLength: 128) == 1)
  }

  @Test(arguments: [
    ("", "mapped sectors", 0, ParseError.Reason.missing),
    ("Failure is", "mapped sectors", 0, .malformed),
    ("256", "highest mapped sector", 3, .missing),
    ("256 x", "highest mapped sector", 4, .malformed),
    ("Fail 0", "end of line", 5, .unexpected),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(ThinStatus.self, line, field, offset, reason)
  }
}
