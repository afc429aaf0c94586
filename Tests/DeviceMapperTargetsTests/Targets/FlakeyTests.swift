import DeviceMapperTargets
import Testing

struct FlakeyTests {
  @Test(arguments: [
    ("8:32 0 16 2 0", "8:32 0 16 2 0"),
    ("8:32 0 16 2", "8:32 0 16 2 0"),
    ("8:32 0 16 2 0 ", "8:32 0 16 2 0"),
    ("8:32 0 16 2 1 drop_writes", "8:32 0 16 2 1 drop_writes"),
    ("8:32 0 16 2 1 error_writes", "8:32 0 16 2 1 error_writes"),
    ("8:32 0 16 2 2 error_reads error_writes", "8:32 0 16 2 2 error_reads error_writes"),
    (
      "1:2 0 16 2 5 corrupt_bio_byte 32 r 1 0 ", "1:2 0 16 2 5 corrupt_bio_byte 32 r 1 0"
    ),
    (
      "8:32 0 16 2 5 CORRUPT_BIO_BYTE 224 W 0 32", "8:32 0 16 2 5 corrupt_bio_byte 224 w 0 32"
    ),
    (
      "8:32 0 16 2 6 corrupt_bio_byte 32 r 1 0 drop_writes",
      "8:32 0 16 2 6 drop_writes corrupt_bio_byte 32 r 1 0"
    ),
    (
      "8:32 0 0 2 7 corrupt_bio_byte 4294967295 r 255 4294967295 random_write_corrupt 1000000000",
      "8:32 0 0 2 7 corrupt_bio_byte 4294967295 r 255 4294967295 random_write_corrupt 1000000000"
    ),
    (
      "8:32 0 16 0 5 of_the\\ future random_read_corrupt 5 drop_writes 7",
      "8:32 0 16 0 5 drop_writes random_read_corrupt 5 of_the\\ future 7"
    ),
    ("8:32 0 16 2 2 random_read_corrupt 0", "8:32 0 16 2 0"),
  ])
  func `parameters are printed as the kernel does`(line: String, printed: String) throws {
    try expectRoundTrip(FlakeyTargetParams.self, line, printed: printed)
  }

  @Test(arguments: [
    ("8:32 0 0 0", "up and down interval", 0, ParseError.Reason.forbidden),
    ("8:32 0 4294967295 1", "up and down interval", 0, .forbidden),
    ("8:32 0 16", "down interval", 9, .missing),
    ("8:32 0 16 2 1", "feature count", 13, .missing),
    ("8:32 0 16 2 1 corrupt_bio_byte 32 r 1 0", "byte to corrupt", 30, .missing),
    ("8:32 0 16 2 5 corrupt_bio_byte 0 r 1 0", "byte to corrupt", 31, .outOfRange),
    ("8:32 0 16 2 5 corrupt_bio_byte 1 x 1 0", "direction", 33, .unknownWord),
    ("8:32 0 16 2 5 corrupt_bio_byte 1 r 256 0", "value", 35, .outOfRange),
    ("8:32 0 16 2 2 random_read_corrupt 1000000001", "probability", 34, .outOfRange),
    ("8:32 0 16 2 0 drop_writes", "end of line", 14, .unexpected),
  ])
  func `an error says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(FlakeyTargetParams.self, line, field, offset, reason)
  }

  @Test(arguments: [
    "2 error_writes drop_writes", "2 drop_writes drop_writes", "2 error_reads error_reads",
    "6 corrupt_bio_byte 32 w 1 0 drop_writes", "6 corrupt_bio_byte 32 w 1 0 error_writes",
    "6 error_reads corrupt_bio_byte 32 r 1 0", "3 drop_writes random_write_corrupt 1",
    "3 error_reads random_read_corrupt 1",
    "10 corrupt_bio_byte 1 r 1 0 corrupt_bio_byte 1 r 1 0",
  ])
  func `features that exclude each other are refused`(features: String) {
    let error = #expect(throws: ParseError.self) {
      try FlakeyTargetParams(parsing: "8:32 0 16 2 \(features)")
    }
    #expect(error?.reason == .forbidden)
  }

  @Test func `no features mean that everything fails`() throws {
    let old = try FlakeyTargetParams(parsing: "8:32 0 16 2 0").features
    let new = try FlakeyTargetParams(parsing: "8:32 0 16 2 2 error_reads error_writes").features
    #expect(old != new)
    #expect(old.inEffect == new.inEffect)
    let drops = try FlakeyFeatures(writes: .drop)
    #expect(drops.inEffect == drops)
  }

  @Test func `what is refused at construction is refused in JSON`() {
    #expect(throws: ParameterError.self) {
      try FlakeyFeatures(failsReads: true, randomReadCorruption: 1)
    }
    let features =
      #"{"failsReads":true,"randomReadCorruption":1,"randomWriteCorruption":0,"unknown":[]}"#
    expectRefusedJSON(FlakeyFeatures.self, features)
    expectRefusedJSON(
      FlakeyFeatures.Corruption.self, #"{"byte":0,"direction":"r","value":0,"flags":0}"#)
  }

  @Test func `the status is empty`() throws {
    try expectRoundTrip(FlakeyStatus.self, "")
  }

  @Test func `linear and flakey lines stand in one table`() throws {
    let text = "0 16 linear 1:0 0\n16 16 flakey 1:1 8 1 1 1 drop_writes\n"
    let table = try LinearDevTargetTable(parsing: text)
    #expect(table.description == text)
    #expect(table.lines.map(\.content.targetType) == [.linear, .flakey])
    #expect(table.lines.map(\.content.start) == [0, 8])
    #expect(table.lines[1].content.device == DeviceReference("1:1"))
    try expectJSONRoundTrip(table)
    let error = #expect(throws: TableTextError.self) {
      try LinearDevTargetTable(parsing: "0 16 zero")
    }
    guard case .line(let line) = error else {
      Issue.record("not an error of a line")
      return
    }
    #expect(line.reason == .wrongTarget)
    expectRefusedJSON(LinearDevTargetParams.self, #"{"target":"zero"}"#)
  }
}
