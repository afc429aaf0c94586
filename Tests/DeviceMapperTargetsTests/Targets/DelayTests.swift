import DeviceMapperTargets
import Testing

struct DelayTests {
  @Test(arguments: [
    "1:0 0 500", "8:16 2048 0 8:32 0 4294967295", "/dev/a 0 1 1:0 2 3 1:1 4 5",
  ])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(DelayTargetParams.self, line)
  }

  @Test func `a route that isn't given is the one before`() throws {
    let one = try DelayTargetParams(parsing: "1:0 0 500")
    #expect(one.writeInEffect == one.read)
    #expect(one.flushInEffect == one.read)
    let two = try DelayTargetParams(parsing: "1:0 0 500 1:1 8 20")
    #expect(two.flushInEffect.delay == 20)
    #expect(two.flush == nil)
  }

  @Test(arguments: [
    ("1:0 0", "delay", 5, ParseError.Reason.missing),
    ("1:0 0 500 1:1", "start", 13, .missing),
    ("1:0 0 4294967296", "delay", 6, .outOfRange),
    ("1:0 0 1 1:0 0 1 1:0 0 1 1:0 0 1", "end of line", 24, .unexpected),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(DelayTargetParams.self, line, field, offset, reason)
  }

  @Test func `flushes have no route without writes`() throws {
    let route = DelayTargetParams.Route(
      device: .number(Device(major: 1, minor: 0)), start: 0, delay: 1)
    #expect(throws: ParameterError.self) { try DelayTargetParams(read: route, flush: route) }
    let json = #"{"device":"1:0","start":0,"delay":1}"#
    expectRefusedJSON(DelayTargetParams.self, #"{"read":\#(json),"flush":\#(json)}"#)
  }

  @Test(arguments: ["0 0 0", "1 2 3 ", "4 4294967295", "1 2 3 4 of the future"])
  func `a status is printed as it was read`(line: String) throws {
    let status = try expectRoundTrip(DelayStatus.self, line)
    #expect((status.flushes == nil) == (line == "4 4294967295"))
    #expect(status.health == .healthy)
  }

  @Test func `a status has two counts at least`() {
    expectParseError(DelayStatus.self, "1", "writes", 1, .missing)
    expectParseError(DelayStatus.self, "1 -", "writes", 2, .malformed)
  }
}
