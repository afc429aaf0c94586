import DeviceMapperTargets
import Testing

struct ZonedTests {
  @Test(arguments: ["8:0", "/dev/a\\ b 8:16 8:32"])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(ZonedTargetParams.self, line)
  }

  @Test func `a device is needed`() {
    expectParseError(ZonedTargetParams.self, "", "device", 0, .missing)
    expectRefusedJSON(ZonedTargetParams.self, #"{"devices":[]}"#)
  }

  @Test(arguments: [
    "80 zones 14/14 cache 3/3 random 56/56 sequential",
    "400 zones 0/0 cache 2/4 random 300/390 sequential 1/2 random 7/8 sequential ",
    "64 zones 3/4 random 50/60 sequential",
    // No zone is free, which makes writes wait for a reclaim and doesn't make them fail.
    "80 zones 0/14 cache 0/3 random 0/56 sequential",
    "10 zones 5/5 cache", "80 zones 14/14 cache 3/3 random 56/56 sequential of the future",
  ])
  func `a status is printed as it was read`(line: String) throws {
    #expect(try expectRoundTrip(ZonedStatus.self, line).health == .healthy)
  }

  @Test func `a status has its figures`() throws {
    let status = try ZonedStatus(parsing: "80 zones 14/14 cache 2/3 random 50/56 sequential")
    #expect(status.zones == 80)
    #expect(status.cache?.usage.used == 0)
    #expect(status.groups.count == 1)
    #expect(status.groups[0].random.free == 2)
    #expect(status.groups[0].sequential.usage == Usage(used: 6, total: 56))
  }

  @Test(arguments: [
    ("80", "kind of zones", 2, ParseError.Reason.missing),
    ("80 zones", "cache or random zones", 8, .missing),
    ("80 zones 3 random", "cache or random zones", 9, .malformed),
    ("80 zones 3/3 sequential", "kind of zones", 13, .unknownWord),
    ("80 zones 3/3 cache 1/1 cache", "kind of zones", 23, .unknownWord),
    ("80 zones 3/3 random", "sequential zones", 19, .missing),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(ZonedStatus.self, line, field, offset, reason)
  }

  @Test func `the message is printed`() {
    #expect(ZonedMessage.reclaim.text == "reclaim")
  }
}
