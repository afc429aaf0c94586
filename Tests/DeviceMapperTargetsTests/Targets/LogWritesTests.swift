import DeviceMapperTargets
import Testing

struct LogWritesTests {
  @Test(arguments: ["1:0 1:1", "/dev/a\\ b 8:16", "1:0 1:1 words that don't matter"])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(LogWritesTargetParams.self, line)
  }

  @Test func `two devices are needed`() {
    expectParseError(LogWritesTargetParams.self, "1:0", "log device", 3, .missing)
  }

  @Test(arguments: [
    ("0 0", Health.Level.healthy), ("12 2047 ", .healthy), ("12 2047 logging_disabled", .degraded),
    ("12 18446744073709551615", .healthy), ("1 2 of the future", .healthy),
    ("1 2 logging_disabled of the future", .degraded),
  ])
  func `a status is printed as it was read`(line: String, level: Health.Level) throws {
    #expect(try expectRoundTrip(LogWritesStatus.self, line).health.level == level)
  }

  @Test func `a status has two numbers`() {
    expectParseError(LogWritesStatus.self, "12", "highest sector", 2, .missing)
    expectParseError(LogWritesStatus.self, "- 1", "logged entries", 0, .malformed)
  }

  @Test func `a mark is one word`() throws {
    #expect(try LogWritesMessage(mark: "fsync").text == "mark fsync")
    #expect(try LogWritesMessage(mark: "a b\\c").text == "mark a\\ b\\\\c")
    #expect(throws: ParameterError.self) { try LogWritesMessage(mark: "") }
    #expect(throws: ParameterError.self) { try LogWritesMessage(mark: "a\0b") }
  }
}
