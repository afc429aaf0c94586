import DeviceMapperTargets
import Testing

struct SnapshotTests {
  /// Lines that kernels printed, then some that they took.
  @Test(arguments: [
    ("254:0 254:1 P 8", "254:0 254:1 P 8"), ("254:0 254:1 PO 16", "254:0 254:1 PO 16"),
    ("254:0 254:1 N 16", "254:0 254:1 N 16"), ("254:0 254:2 P 0", "254:0 254:2 P 0"),
    ("254:0 254:1 P 8 1 discard_zeroes_cow", "254:0 254:1 P 8 1 discard_zeroes_cow"),
    (
      "254:0 254:1 P 8 2 Discard_Passdown_Origin discard_zeroes_cow",
      "254:0 254:1 P 8 2 discard_zeroes_cow discard_passdown_origin"
    ),
    ("/dev/o /dev/c po 16 0", "/dev/o /dev/c PO 16"), ("1:0 1:1 POx 1", "1:0 1:1 PO 1"),
    ("1:0 1:1 nonsense 2097152", "1:0 1:1 N 2097152"), ("1:0 1:1 p 8 1 new", "1:0 1:1 P 8 1 new"),
  ])
  func `parameters are printed as the kernel does`(line: String, printed: String) throws {
    try expectRoundTrip(SnapshotTargetParams.self, line, printed: printed)
    if !printed.contains(" N ") {
      try expectRoundTrip(SnapshotMergeTargetParams.self, line, printed: printed)
    }
  }

  @Test(arguments: [
    ("1:0 1:1 Px 16", "persistence", 8, ParseError.Reason.unknownWord),
    ("1:0 1:1 X 16", "persistence", 8, .unknownWord), ("1:0 1:1 P", "chunk size", 9, .missing),
    ("1:0 1:1 P 12", "chunk size", 0, .forbidden),
    ("1:0 1:1 P 4194304", "chunk size", 0, .forbidden),
    ("1:0 1:1 P 8 1 discard_passdown_origin", "discard_passdown_origin", 0, .forbidden),
    ("1:0 1:1 P 8 2 discard_zeroes_cow", "feature count", 32, .missing),
    ("1:0 1:1 P 8 0 extra", "end of line", 14, .unexpected), ("1:0", "cow device", 3, .missing),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(SnapshotTargetParams.self, line, field, offset, reason)
  }

  @Test func `a transient store is not merged`() {
    expectParseError(SnapshotMergeTargetParams.self, "1:0 1:1 N 8", "persistence", 0, .forbidden)
  }

  @Test func `what is refused at construction is refused in JSON`() throws {
    let json = #"""
      {"origin":"1:0","store":{"device":"1:1","persistence":"P","chunkSize":8,"unknown":[],
       "discardZeroesStore":false,"discardPassdownOrigin":false}}
      """#
    #expect(try decodeJSON(SnapshotMergeTargetParams.self, json).description == "1:0 1:1 P 8")
    for (old, new) in [(":8,", ":9,"), (#"Origin":false"#, #"Origin":true"#)] {
      expectRefusedJSON(SnapshotTargetParams.self, json.replacing(old, with: new))
    }
    expectRefusedJSON(SnapshotMergeTargetParams.self, json.replacing(#""P""#, with: #""N""#))
  }

  @Test(arguments: [
    ("16/4096 16", Health.Level.healthy), ("544/4096 32", .healthy), ("0/4096 0", .healthy),
    ("4096/4096 16 ", .degraded), ("512/4096", .healthy), ("512/4096 16 and more", .healthy),
    ("Invalid", .failed), ("Merge failed", .failed), ("Overflow", .degraded), ("Unknown", .healthy),
  ])
  func `a status is printed as it was read`(line: String, level: Health.Level) throws {
    #expect(try expectRoundTrip(SnapshotStatus.self, line).health.level == level)
    let merge = try expectRoundTrip(SnapshotMergeStatus.self, line)
    #expect(merge.health.level == (line.contains("4096/") ? .healthy : level))
  }

  @Test func `a status has its figures`() throws {
    guard case .active(let usage) = try SnapshotStatus(parsing: "544/4096 32") else {
      Issue.record("not active")
      return
    }
    #expect(usage.allocation == Usage(used: 544, total: 4096))
    #expect(usage.metadata == 32)
    #expect(usage.data == 512)
    #expect(SnapshotUsage(allocation: Usage(used: 1, total: 2), metadata: 5).data == 0)
  }

  @Test(arguments: [
    ("544/4096 32", false), ("32/4096 32", true), ("0/4096 0", true), ("Invalid", false),
    ("Merge failed", false),
  ])
  func `a merge is finished when nothing but metadata is left`(
    line: String, isComplete: Bool
  ) throws {
    #expect(try SnapshotMergeStatus(parsing: line).isComplete == isComplete)
  }

  @Test(arguments: [
    ("", "allocation", 0, ParseError.Reason.missing), ("97", "allocation", 0, .malformed),
    ("1/2 x", "metadata", 4, .malformed), ("Merge", "merge", 5, .missing),
    ("Invalid 1", "end of line", 8, .unexpected), ("invalid", "allocation", 0, .malformed),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(SnapshotStatus.self, line, field, offset, reason)
    expectParseError(SnapshotMergeStatus.self, line, field, offset, reason)
  }

  @Test func `an origin has a device and an empty status`() throws {
    try expectRoundTrip(SnapshotOriginTargetParams.self, "254:0")
    expectParseError(SnapshotOriginTargetParams.self, "1:0 0", "end of line", 4, .unexpected)
    try expectRoundTrip(SnapshotOriginStatus.self, "")
    try expectRoundTrip(SnapshotOriginStatus.self, "of the future")
  }
}
