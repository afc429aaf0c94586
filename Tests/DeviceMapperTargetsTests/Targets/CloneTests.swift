import DeviceMapperTargets
import Testing

struct CloneTests {
  @Test(arguments: [
    ("1:0 1:1 1:2 8", nil), ("1:0 1:1 1:2 8 0", "1:0 1:1 1:2 8"),
    ("1:0 1:1 1:2 8 0 0", "1:0 1:1 1:2 8"),
    ("1:0 1:1 1:2 2097152 1 no_hydration", nil),
    ("1:0 1:1 1:2 8 2 no_hydration no_discard_passdown 2 hydration_threshold 256", nil),
    (
      "1:0 /dev/a /dev/b 8 0 4 Hydration_Batch_Size 4 hydration_threshold 0",
      "1:0 /dev/a /dev/b 8 0 4 hydration_threshold 0 hydration_batch_size 4"
    ),
    (
      "1:0 1:1 1:2 8 2 no_such NO_HYDRATION 2 later 7",
      "1:0 1:1 1:2 8 2 no_hydration no_such 2 later 7"
    ),
  ])
  func `parameters are printed as the kernel takes them`(line: String, printed: String?) throws {
    try expectRoundTrip(CloneTargetParams.self, line, printed: printed)
  }

  @Test(arguments: [
    ("1:0 1:1 1:2 4", "region size", 0, ParseError.Reason.forbidden),
    ("1:0 1:1 1:2 24", "region size", 0, .forbidden),
    ("1:0 1:1 1:2 4194304", "region size", 0, .forbidden),
    ("1:0 1:1 1:2", "region size", 11, .missing),
    ("1:0 1:1 1:2 8 0 1 hydration_threshold", "hydration threshold", 37, .missing),
    ("1:0 1:1 1:2 8 0 1 later", "value of a core argument", 23, .missing),
    ("1:0 1:1 1:2 8 0 0 0", "end of line", 18, .unexpected),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(CloneTargetParams.self, line, field, offset, reason)
  }

  @Test func `regions can be counted`() throws {
    let params = try CloneTargetParams(parsing: "1:0 1:1 1:2 8")
    try params.check(length: Sectors(rawValue: 8 << 31))
    #expect(throws: ParameterError.self) {
      try params.check(length: Sectors(rawValue: 8 << 31 + 1))
    }
  }

  @Test(arguments: [
    (
      "8 12/1024 8 100/400 2 0 4 hydration_threshold 1 hydration_batch_size 1 rw",
      Health.Level.healthy
    ),
    (
      "8 12/1024 8 400/400 0 2 no_hydration no_discard_passdown 4 hydration_threshold 1 hydration_batch_size 1 ro",
      .degraded
    ),
    ("8 12/1024 8 100/400 2 0 4 hydration_threshold 1 hydration_batch_size 1 Fail", .failed),
    ("8 12/1024 8 100/400 2 1 later 2 later 7 rw of the future", .healthy),
    ("Fail", .failed), ("Error", .failed),
  ])
  func `a status is printed as it was read`(line: String, level: Health.Level) throws {
    #expect(try expectRoundTrip(CloneStatus.self, line).health.level == level)
  }

  @Test func `a status tells its progress`() throws {
    let line = "8 12/1024 8 100/400 2 0 4 hydration_threshold 1 hydration_batch_size 1 rw "
    let status = try CloneStatus(parsing: line)
    #expect(status.health.progress == Progress("hydration", fraction: 0.25))
    let complete = try CloneStatus(
      parsing: "8 12/1024 8 400/400 0 0 4 hydration_threshold 1 hydration_batch_size 1 rw")
    #expect(complete.health == .healthy)
  }

  @Test(arguments: [
    ("8 12/1024 8 100/400 2 0 0 rx", "mode", 26, ParseError.Reason.unknownWord),
    ("8 12/1024 8 100/400 2 0", "core argument count", 23, .missing),
    ("Error 1", "end of line", 6, .unexpected),
    ("", "metadata block size", 0, .missing),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(CloneStatus.self, line, field, offset, reason)
  }

  @Test(arguments: [
    (CloneMessage.enableHydration, "enable_hydration"), (.disableHydration, "disable_hydration"),
    (.setHydrationThreshold(4_294_967_295), "hydration_threshold 4294967295"),
    (.setHydrationBatchSize(0), "hydration_batch_size 0"),
  ])
  func `a message is printed`(message: CloneMessage, text: String) {
    #expect(message.text.description == text)
  }
}
