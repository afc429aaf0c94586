import DeviceMapperTargets
import Testing

struct ZeroAndErrorTests {
  @Test func `zero has neither parameters nor status`() throws {
    try expectRoundTrip(ZeroTargetParams.self, " ")
    try expectRoundTrip(ZeroStatus.self, "")
    try expectRoundTrip(ZeroStatus.self, "of the future ")
    expectParseError(ZeroTargetParams.self, "0", "end of line", 0, .unexpected)
    #expect(ZeroStatus().health == .healthy)
  }

  @Test(arguments: ["", "1:0 128", "/dev/a\\ b 0", "\"\"", "1 2 3", "a\\ b"])
  func `error has a device, or words that don't matter`(line: String) throws {
    let params = try expectRoundTrip(ErrorTargetParams.self, line)
    #expect((params.model != nil) == (line.contains(" 128") || line.contains("b 0")))
    #expect(params.model == nil || params.ignored.isEmpty)
  }

  @Test func `error refuses two words that are no device and start`() {
    expectParseError(ErrorTargetParams.self, "disk 0", "device", 0, .malformed)
    expectParseError(ErrorTargetParams.self, "1:0 x", "start", 4, .malformed)
    expectRefusedJSON(ErrorTargetParams.self, #"{"ignored":"disk 0"}"#)
  }

  @Test func `an error target serves nothing`() throws {
    let status = try expectRoundTrip(ErrorStatus.self, "")
    #expect(status.health.level == .failed)
  }
}
