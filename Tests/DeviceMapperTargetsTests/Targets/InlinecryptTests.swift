import DeviceMapperTargets
import Foundation
import Testing

struct InlinecryptTests {
  static let key =
    "babebabebabebabebabebabebabebabebabebabebabebabebabebabebabebabe"
    + "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

  /// Lines that Linux 7.2 printed, with the key as KEY, and what it takes instead.
  @Test(arguments: [
    ("aes-xts-plain64 KEY 1 0 251:0 0", "aes-xts-plain64 KEY 0 251:0 0"),
    (
      "aes-xts-plain64 KEY 1 8 251:0 0 2 sector_size:4096 iv_large_sectors",
      "aes-xts-plain64 KEY 8 251:0 0 2 sector_size:4096 iv_large_sectors"
    ),
    (
      "aes-xts-plain64 KEY 1 0 251:0 0 3 allow_discards sector_size:4096 iv_large_sectors",
      "aes-xts-plain64 KEY 0 251:0 0 3 allow_discards sector_size:4096 iv_large_sectors"
    ),
    ("aes-xts-plain64 KEY 2 0 251:0 16", "aes-xts-plain64 KEY 0 251:0 16 1 keytype:hw-wrapped"),
    (
      "aes-xts-plain64 :64:logon:x 1 /dev/a 0 2 keytype:raw allow_discards",
      "aes-xts-plain64 :64:logon:x 1 /dev/a 0 1 allow_discards"
    ),
    ("aes-xts-plain64 KEY 3 1:0 0 1 iv_large_sectors", "aes-xts-plain64 KEY 3 1:0 0"),
    ("aes-new KEY 0 1:0 0 1 Allow_discards", "aes-new KEY 0 1:0 0 1 Allow_discards"),
  ])
  func `parameters are printed as the kernel takes them`(line: String, printed: String) throws {
    let params = try InlinecryptTargetParams(parsing: line.replacing("KEY", with: Self.key))
    #expect(params.text.description == printed.replacing("KEY", with: Self.key))
    #expect(try InlinecryptTargetParams(parsing: params.text.bytes) == params)
    let encoder = JSONEncoder()
    encoder.userInfo[.includesKeyMaterial] = true
    let json = try encoder.encode(params)
    #expect(try JSONDecoder().decode(InlinecryptTargetParams.self, from: json) == params)
    #expect(!"\(params)".contains("babe"))
    let hidden = try JSONEncoder().encode(params)
    #expect(!String(decoding: hidden, as: UTF8.self).contains("babe"))
  }

  /// Tables that a kernel refused.
  @Test(arguments: [
    ("aes-xts-plain64 - 0 1:0 0", "key", 0, ParseError.Reason.forbidden),
    ("aes-xts-plain64 bab 0 1:0 0", "key", 16, .malformed),
    ("aes-xts-plain64 :0:user:d 0 1:0 0", "key", 0, .forbidden),
    ("aes-xts-plain64 :64:user:a\\ b 0 1:0 0", "key", 0, .forbidden),
    ("aes-xts-plain64 babe 8 1:0 0 1 sector_size:4096", "sector_size", 0, .forbidden),
    (
      "aes-xts-plain64 babe 1 1:0 0 2 sector_size:4096 iv_large_sectors", "iv offset", 0, .forbidden
    ),
    (
      "aes-xts-plain64 babe 0 1:0 1 2 sector_size:4096 iv_large_sectors", "start", 0, .forbidden
    ),
    (
      "aes-xts-plain64 babe 0 1:0 0 2 sector_size:8192 iv_large_sectors", "sector_size", 0,
      .forbidden
    ),
    ("aes-xts-plain64 babe 0 1:0 0 0 extra", "end of line", 31, .unexpected),
    ("aes-xts-plain64 babe 0 0 0", "device", 25, .malformed),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(InlinecryptTargetParams.self, line, field, offset, reason)
    let error = #expect(throws: ParseError.self) { try InlinecryptTargetParams(parsing: line) }
    #expect(error.map { !"\($0)".contains("babe") } == true)
  }

  @Test func `what is refused at construction is refused in JSON`() throws {
    let json = #"""
      {"cipher":"aes-xts-plain64","key":{"type":"hex","byteCount":2},"ivOffset":8,"device":"1:0",
       "start":0,"features":{"keyType":"raw","allowsDiscards":false,"sectorSize":4096,"unknown":[]}}
      """#
    #expect(
      try decodeJSON(InlinecryptTargetParams.self, json).text
        == "aes-xts-plain64 0000 8 1:0 0 2 sector_size:4096 iv_large_sectors")
    for (old, new) in [("4096", "4095"), (":8", ":9"), ("hex", "none")] {
      expectRefusedJSON(InlinecryptTargetParams.self, json.replacing(old, with: new))
    }
  }

  @Test func `a length is a multiple of the sector size`() throws {
    let params = try InlinecryptTargetParams(
      parsing: "aes-xts-plain64 babe 0 1:0 0 2 sector_size:4096 iv_large_sectors")
    try params.check(length: 16)
    #expect(throws: ParameterError.self) { try params.check(length: 4) }
  }

  @Test func `the status is empty`() throws {
    try expectRoundTrip(InlinecryptStatus.self, "")
  }
}
