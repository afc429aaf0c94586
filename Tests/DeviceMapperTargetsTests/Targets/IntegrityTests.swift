import DeviceMapperTargets
import Foundation
import Testing

struct IntegrityTests {
  static let key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

  /// Lines that Linux 7.2 printed.
  @Test(arguments: [
    "251:0 0 32 J 6 interleave_sectors:32768 buffer_sectors:128 journal_sectors:176 "
      + "journal_watermark:50 commit_time:10000 internal_hash:sha256",
    "251:0 0 32 D 3 interleave_sectors:32768 buffer_sectors:128 internal_hash:sha256",
    "251:0 0 32 B 5 interleave_sectors:32768 buffer_sectors:128 sectors_per_bit:32768 "
      + "bitmap_flush_interval:10000 internal_hash:sha256",
    "251:0 0 255 J 5 interleave_sectors:32768 buffer_sectors:128 journal_sectors:256 "
      + "journal_watermark:50 commit_time:10000",
    "251:0 0 32 J 9 meta_device:251:1 block_size:4096 recalculate interleave_sectors:1 "
      + "buffer_sectors:128 journal_sectors:264 journal_watermark:50 commit_time:10000 "
      + "internal_hash:sha256",
    "251:0 0 32 J 6 interleave_sectors:32768 buffer_sectors:128 journal_sectors:176 "
      + "journal_watermark:50 commit_time:10000 legacy_recalculate",
    "/dev/a 8 - I 2 internal_hash:sha256 fix_new", "1:0 0 4 R 0",
  ])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(IntegrityTargetParams.self, line)
  }

  @Test(arguments: [
    (
      "254:0 0 4 J 8 recalculate allow_discards journal_sectors:176 interleave_sectors:32768 "
        + "buffer_sectors:128 journal_watermark:50 commit_time:10000 internal_hash:crc32c",
      "254:0 0 4 J 8 recalculate allow_discards interleave_sectors:32768 buffer_sectors:128 "
        + "journal_sectors:176 journal_watermark:50 commit_time:10000 internal_hash:crc32c"
    ),
    (
      "1:0 0 4 J 2 internal_hash:crc32c reset_recalculate",
      "1:0 0 4 J 3 recalculate reset_recalculate internal_hash:crc32c"
    ),
    (
      "1:0 0 4 J 3 reset_recalculate internal_hash:crc32c recalculate",
      "1:0 0 4 J 3 recalculate reset_recalculate internal_hash:crc32c"
    ),
    (
      "1:0 0 4 D 2 meta_device:/dev/m internal_hash:x",
      "1:0 0 4 D 2 meta_device:/dev/m internal_hash:x"
    ),
  ])
  func `parameters are printed as the newest kernel does`(line: String, printed: String) throws {
    try expectRoundTrip(IntegrityTargetParams.self, line, printed: printed)
  }

  /// A line that a kernel printed.
  static let keyed =
    "251:0 0 32 J 9 allow_discards_keyed interleave_sectors:32768 buffer_sectors:128 "
    + "journal_sectors:176 journal_watermark:50 commit_time:10000 "
    + "internal_hash:hmac(sha256):\(key) journal_crypt:ctr(aes):\(key) journal_mac:hmac(sha256):\(key)"

  @Test func `keys show only in text and in JSON that was asked for`() throws {
    let params = try IntegrityTargetParams(parsing: Self.keyed)
    #expect(params.text.description == Self.keyed)
    let upper = Self.keyed.replacing(Self.key, with: Self.key.uppercased())
    #expect(try IntegrityTargetParams(parsing: upper) == params)
    #expect(params.features.journalMAC?.key?.byteCount == 32)
    #expect(params.features.discards == .allowedKeyed)

    let hidden = Self.keyed.replacing(Self.key, with: String(repeating: "0", count: 64))
    #expect(params.description == hidden)
    var dumped = ""
    dump(params, to: &dumped)
    #expect(!dumped.contains("aabb") && !dumped.contains("170"))
    let json = try JSONEncoder().encode(AnyTarget.integrity(params))
    #expect(!String(decoding: json, as: UTF8.self).contains("aabb"))
    let decoded = try JSONDecoder().decode(AnyTarget.self, from: json)
    #expect(decoded.text.description == hidden)

    let encoder = JSONEncoder()
    encoder.userInfo[.includesKeyMaterial] = true
    let shown = try encoder.encode(params)
    #expect(try JSONDecoder().decode(IntegrityTargetParams.self, from: shown) == params)
  }

  @Test func `a key is hidden in a line that wasn't read`() throws {
    let line = try TargetLine<VerbatimTarget>(parsing: "0 8 integrity \(Self.keyed)")
    #expect(!"\(line)".contains("aabb"))
    #expect("\(line)".contains("internal_hash:hmac(sha256):0000"))
    #expect(line.content.text.description == Self.keyed)
    let json = try JSONEncoder().encode(line)
    #expect(!String(decoding: json, as: UTF8.self).contains("aabb"))
    #expect(!"\(line.content)".contains("aabb"))
    #expect("\(VerbatimTarget(.crypt, "aes aabb 0"))" == "crypt (hidden)")
    #expect("\(VerbatimTarget(.integrity, "1:0 aabb"))" == "integrity (hidden)")
    #expect("\(VerbatimTarget(.integrity, "0 30536 -"))" == "integrity 0 30536 -")
    #expect("\(VerbatimTarget(.crypt, ""))" == "crypt")
    #expect("\(VerbatimTarget(.linear, "1:0 0"))" == "linear 1:0 0")
    let encoder = JSONEncoder()
    encoder.userInfo[.includesKeyMaterial] = true
    #expect(
      try JSONDecoder().decode(
        TargetLine<VerbatimTarget>.self, from: encoder.encode(line)) == line)
  }

  @Test func `the text of lines has keys, their description hasn't`() throws {
    let text = "0 8 integrity \(Self.keyed)\n8 8 zero\n"
    let table = try TargetTable<AnyTarget>(parsing: text)
    #expect(table.text.description == text)
    #expect(table.lines[0].text.description + "\n8 8 zero\n" == text)
    #expect(!"\(table)".contains("aabb"))
    let named = NamedTable(name: "vol", table)
    #expect(named.text.description == "vol: 0 8 integrity \(Self.keyed)\nvol: 8 8 zero\n")
    #expect(!"\(named)".contains("aabb"))
    #expect("\(named)".hasSuffix("vol: 8 8 zero\n"))
    let bare = NamedTable<AnyTarget>(name: "bare", nil)
    #expect(bare.text.description == "bare:\n")
    #expect("\(bare)" == "bare:\n")
  }

  /// Tables that kernels refused, and some that are cut off.
  @Test(arguments: [
    ("1:0 0 4 j 1 internal_hash:crc32c", "mode", 8, ParseError.Reason.unknownWord),
    ("1:0 0 0 J 1 internal_hash:crc32c", "tag size", 0, .forbidden),
    ("1:0 4 4 J 1 block_size:4096", "start", 0, .forbidden),
    ("1:0 0 256 J 0", "tag size", 0, .forbidden), ("1:0 0 - J 0", "tag size", 0, .forbidden),
    ("1:0 0 16 J", "feature count", 10, .missing),
    ("1:0 0 32 B 0", "bitmap mode", 0, .forbidden), ("1:0 0 32 I 0", "inline mode", 0, .forbidden),
    ("1:0 0 32 I 2 internal_hash:sha256 meta_device:1:1", "inline mode", 0, .forbidden),
    ("1:0 0 4 J 1 recalculate", "recalculate", 0, .forbidden),
    ("1:0 0 16 J 1 allow_discards", "allow_discards", 0, .forbidden),
    (
      "1:0 0 32 J 2 internal_hash:sha256 allow_discards_keyed", "allow_discards_keyed", 0,
      .forbidden
    ),
    ("1:0 0 32 J 1 internal_hash:hmac(sha256):001", "internal hash", 27, .malformed),
    ("1:0 0 32 J 1 internal_hash:sha256:", "internal hash", 27, .malformed),
    ("1:0 0 32 J 1 internal_hash:", "internal hash", 27, .malformed),
    ("1:0 0 4 J 2 internal_hash:crc32c block_size:1000", "block_size", 0, .forbidden),
    ("1:0 0 4 J 2 internal_hash:crc32c block_size:8192", "block_size", 0, .forbidden),
    (
      "1:0 0 4 J 2 internal_hash:crc32c journal_watermark:101", "journal watermark", 51, .outOfRange
    ),
    ("1:0 0 4 J 2 internal_hash:crc32c commit_time:x", "commit time", 45, .malformed),
    ("1:0 0 4 J 2 internal_hash:crc32c meta_device:sda", "meta device", 45, .malformed),
    ("1:0 0 4 J 1 internal_hash:crc32c extra", "end of line", 33, .unexpected),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(IntegrityTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() throws {
    let json = #"""
      {"device":"1:0","start":0,"tagSize":255,"mode":"bitmap","features":{"blockSize":4096,
       "discards":"allow_discards","recalculation":"recalculate","internalHash":{"name":"crc32c"},
       "fixesPadding":true,"fixesHMAC":false,"allowsLegacyRecalculation":false,"unknown":[]}}
      """#
    #expect(
      try decodeJSON(IntegrityTargetParams.self, json).description
        == "1:0 0 255 B 5 block_size:4096 recalculate allow_discards fix_padding "
        + "internal_hash:crc32c")
    for (old, new) in [("255", "256"), ("4096", "8192"), ("32c", "32:c"), ("bitmap", "inline")] {
      expectRefusedJSON(IntegrityTargetParams.self, json.replacing(old, with: new))
    }
  }

  /// Lines that kernels printed.
  @Test(arguments: [
    ("0 32328 -", IntegrityStatus(providedSectors: 32328), Health.healthy),
    (
      "0 32328 32328", IntegrityStatus(providedSectors: 32328, recalculation: .on(32328)),
      .healthy
    ),
    (
      "0 1000 250 and more",
      IntegrityStatus(providedSectors: 1000, recalculation: .on(250), trailing: "and more"),
      Health(.healthy, progress: Progress("recalculate", fraction: 0.25))
    ),
    (
      "4 30536 -", IntegrityStatus(mismatches: 4, providedSectors: 30536),
      Health(.degraded, ["4 checksum mismatches"])
    ),
    ("0 8", IntegrityStatus(providedSectors: 8, recalculation: .unreported), .healthy),
  ])
  func `a status has its figures`(line: String, status: IntegrityStatus, health: Health) throws {
    #expect(try expectRoundTrip(IntegrityStatus.self, line) == status)
    #expect(status.health == health)
  }

  @Test func `an error of a status says where and what`() {
    expectParseError(IntegrityStatus.self, "0", "provided sectors", 1, .missing)
    expectParseError(IntegrityStatus.self, "0 8 x", "recalculated sectors", 4, .malformed)
    expectParseError(IntegrityStatus.self, "-1 8 -", "mismatches", 0, .malformed)
  }
}
