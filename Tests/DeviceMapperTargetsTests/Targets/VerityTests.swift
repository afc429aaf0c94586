import DeviceMapperTargets
import Testing

struct VerityTests {
  static let base =
    "1 254:0 254:1 4096 4096 256 1 sha256 "
    + "c70743a8ab3d7b681ae384c5aa24bd325252448571847cd87910f46329185d73"

  /// The ends of lines that kernels printed.
  @Test(arguments: [
    "1234abcd", "-", "1234abcd 1 ignore_corruption", "1234abcd 1 panic_on_corruption",
    "1234abcd 2 restart_on_corruption panic_on_error", "1234abcd 1 restart_on_error",
    "1234abcd 3 ignore_zero_blocks check_at_most_once try_verify_in_tasklet",
    "1234abcd 9 ignore_corruption use_fec_from_device 254:2 fec_blocks 260 fec_start 0 fec_roots 2",
    "1234abcd 15 restart_on_corruption restart_on_error ignore_zero_blocks check_at_most_once "
      + "try_verify_in_tasklet use_fec_from_device 254:2 fec_blocks 260 fec_start 8 fec_roots 24 "
      + "root_hash_sig_key_desc verity:key",
    "- 1 of_the_future",
  ])
  func `parameters are printed as they were read`(end: String) throws {
    try expectRoundTrip(VerityTargetParams.self, "\(Self.base) \(end)")
  }

  @Test(arguments: [
    (
      "1 /dev/d /dev/h 1024 512 2 1 sha1 ABCD 12AB 0", "1 /dev/d /dev/h 1024 512 2 1 sha1 abcd 12ab"
    ),
    (
      "0 1:0 1:0 4096 4096 2 3 md5 00 - 2 Panic_On_Error ignore_corruption",
      "0 1:0 1:0 4096 4096 2 3 md5 00 - 2 ignore_corruption panic_on_error"
    ),
    (
      "1 1:0 1:0 4096 4096 2 3 md5 00 - 6 use_fec_from_device 1:2 fec_roots 2 fec_blocks 260",
      "1 1:0 1:0 4096 4096 2 3 md5 00 - 8 use_fec_from_device 1:2 fec_blocks 260 fec_start 0 fec_roots 2"
    ),
  ])
  func `parameters are printed as the kernel does`(line: String, printed: String) throws {
    try expectRoundTrip(VerityTargetParams.self, line, printed: printed)
  }

  /// Tables that kernels refused, and some that are cut off.
  @Test(arguments: [
    ("2 1:0 1:1 4096 4096 2 1 sha1 00 -", "version", 0, ParseError.Reason.unknownWord),
    ("1 1:0 1:1 256 4096 2 1 sha1 00 -", "block size", 0, .forbidden),
    ("1 1:0 1:1 4096 3000 2 1 sha1 00 -", "block size", 0, .forbidden),
    ("1 1:0 1:1 18446744073709551615 512 2 1 sha1 00 -", "block size", 0, .forbidden),
    ("1 1:0 1:1 4096 4096 2 1 sha1 000 -", "root digest", 29, .malformed),
    ("1 1:0 1:1 4096 4096 2 1 sha1 0x -", "root digest", 29, .malformed),
    ("1 1:0 1:1 4096 4096 2 1 sha1 00 123", "salt", 32, .malformed),
    ("1 1:0 1:1 4096 4096 2 1 sha1 00", "salt", 31, .missing),
    (
      "1 1:0 1:1 4096 4096 2 1 sha1 00 - 2 ignore_corruption ignore_corruption", "error handling",
      36, .forbidden
    ),
    (
      "1 1:0 1:1 4096 4096 2 1 sha1 00 - 2 restart_on_error panic_on_error", "error handling", 36,
      .forbidden
    ),
    ("1 1:0 1:1 4096 4096 2 1 sha1 00 - 2 fec_roots 25", "fec roots", 46, .outOfRange),
    ("1 1:0 1:1 4096 4096 2 1 sha1 00 - 2 fec_roots 2", "error correction", 0, .forbidden),
    (
      "1 1:0 1:1 4096 512 2 1 sha1 00 - 6 use_fec_from_device 1:2 fec_blocks 9 fec_roots 2",
      "error correction", 0, .forbidden
    ),
    ("1 1:0 1:1 4096 4096 2 1 sha1 00 - 0 extra", "end of line", 36, .unexpected),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(VerityTargetParams.self, line, field, offset, reason)
  }

  /// The least numbers that Linux 7.2 took, and what takes more than a number has room for.
  @Test(arguments: [
    ("4096 4096 1 0", 32, 1), ("4096 4096 2 0", 32, 3), ("4096 4096 128 0", 32, 129),
    ("4096 4096 1024 0", 32, 1033), ("4096 4096 1024 5", 32, 1033),
    ("512 512 8192 100", 32, 8739), ("512 512 8192 0", 48, 9363),
    ("512 512 18446744073709551615 0", 64, UInt64.max),
  ])
  func `an error correction is for all blocks of the data and of the tree`(
    blocks: String, digest: Int, least: UInt64
  ) throws {
    func line(_ number: UInt64) -> String {
      "1 1:0 1:1 \(blocks) sha256 \(String(repeating: "ab", count: digest)) - 8 "
        + "use_fec_from_device 1:2 fec_blocks \(number) fec_start 0 fec_roots 2"
    }
    expectParseError(VerityTargetParams.self, line(least - 1), "fec_blocks", 0, .forbidden)
    if least == .max { return }
    var params = try expectRoundTrip(VerityTargetParams.self, line(least))
    try params.check(length: 1)
    params.options.errorCorrection?.blocks -= 1
    #expect(throws: ParameterError.self) { try params.check(length: 1) }
  }

  @Test func `what is refused at construction is refused in JSON`() throws {
    let json = #"""
      {"version":"1","dataDevice":"1:0","hashDevice":"1:1","dataBlockSize":4096,"dataBlocks":2,
       "hashBlockSize":4096,"hashStart":1,"algorithm":"sha1","rootDigest":"00ff",
       "options":{"ignoresZeroBlocks":false,"checksAtMostOnce":false,"triesTasklet":true,
       "unknown":[],"errorCorrection":{"device":"1:2","blocks":3,"start":0,"roots":24}}}
      """#
    #expect(
      try decodeJSON(VerityTargetParams.self, json).description
        == "1 1:0 1:1 4096 4096 2 1 sha1 00ff - 9 try_verify_in_tasklet use_fec_from_device 1:2 "
        + "fec_blocks 3 fec_start 0 fec_roots 24")
    for (old, new) in [
      ("4096", "4095"), ("4096", "256"), ("24", "25"), ("00ff", "0"),
      (#""blocks":3"#, #""blocks":2"#),
    ] {
      expectRefusedJSON(VerityTargetParams.self, json.replacing(old, with: new))
    }
  }

  @Test func `a length has a block of data for each part`() throws {
    let params = try VerityTargetParams(parsing: "\(Self.base) -")
    try params.check(length: 2048)
    #expect(throws: ParameterError.self) { try params.check(length: 2049) }
    let huge = try VerityTargetParams(
      parsing: "1 1:0 1:1 4096 4096 18446744073709551615 1 sha1 00 -")
    try huge.check(length: .max)
  }

  /// Lines that kernels printed.
  @Test(arguments: [
    ("V", VerityStatus(state: .valid), Health.Level.healthy),
    ("C", VerityStatus(state: .corrupted), .failed),
    ("V -", VerityStatus(state: .valid, correction: .off), .healthy),
    ("V 0", VerityStatus(state: .valid, correction: .on(0)), .healthy),
    ("V 7", VerityStatus(state: .valid, correction: .on(7)), .degraded),
    ("C -", VerityStatus(state: .corrupted, correction: .off), .failed),
    (
      "C 7 and more",
      VerityStatus(state: .corrupted, correction: .on(7), trailing: "and more"), .failed
    ),
  ])
  func `a status has its figures`(line: String, status: VerityStatus, level: Health.Level) throws {
    #expect(try expectRoundTrip(VerityStatus.self, line) == status)
    #expect(status.health.level == level)
  }

  @Test func `an error of a status says where and what`() {
    expectParseError(VerityStatus.self, "", "state", 0, .missing)
    expectParseError(VerityStatus.self, "X", "state", 0, .unknownWord)
    expectParseError(VerityStatus.self, "V x", "corrected blocks", 2, .malformed)
    expectRefusedJSON(VerityStatus.self, #"{"state":"valid","correction":"on","trailing":""}"#)
  }

  @Test func `digits come in pairs`() {
    #expect(HexBytes("") == nil)
    #expect(HexBytes("0") == nil)
    #expect(HexBytes("0g") == nil)
    #expect(HexBytes([]) == nil)
    #expect(HexBytes("00Ff")?.bytes == [0, 255])
    #expect(HexBytes([0, 255])?.description == "00ff")
  }
}
