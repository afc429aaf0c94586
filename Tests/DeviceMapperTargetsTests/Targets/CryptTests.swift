import DeviceMapperTargets
import Foundation
import Testing

struct CryptTests {
  static let digits = "babebabebabebabebabebabebabebabebabebabebabebabebabebabebabebabe"

  /// Lines that kernels printed, with the key as KEY.
  @Test(arguments: [
    "aes-cbc-essiv:sha256 KEY 0 254:0 0", "aes-xts-plain64 KEY 0 254:0 0 1 allow_discards",
    "aes-xts-plain64 KEY 8 254:0 0 2 sector_size:4096 iv_large_sectors",
    "aes-xts-plain64 KEY 0 254:0 0 8 allow_discards same_cpu_crypt high_priority "
      + "submit_from_crypt_cpus no_read_workqueue no_write_workqueue sector_size:4096 "
      + "iv_large_sectors",
    "cipher_null-ecb - 0 254:0 0", "capi:cbc(aes)-essiv:sha256 KEY 0 254:0 0",
    "aes-xts-plain64 :64:logon:cryptsetup:uuid-d0 0 254:0 2048",
    "aes-xts-plain64 KEY 0 254:0 0 1 integrity:16:none",
    "capi:authenc(hmac(sha256),xts(aes))-random KEY 0 254:0 0 2 integrity:48:aead "
      + "integrity_key_size:32",
    "aes-xts-plain64 \(String(repeating: "0", count: 128)) 0 254:0 4096",
    "aes-xts-plain64 KEY 0 254:0 0 2 allow_discards of_the_future",
  ])
  func `parameters are printed as they were read`(line: String) throws {
    let line = line.replacing("KEY", with: Self.digits)
    let params = try CryptTargetParams(parsing: line)
    #expect(params.text.description == line)
    #expect(try CryptTargetParams(parsing: params.text.bytes) == params)
    #expect(
      params.description
        == line.replacing(Self.digits, with: String(repeating: "0", count: 64)))
  }

  @Test(arguments: [
    ("aes-xts-plain64 BABE 0 1:0 0 0", "aes-xts-plain64 babe 0 1:0 0"),
    (
      "aes-xts-plain64 babe 1 1:0 0 2 SAME_CPU_CRYPT sector_size:512",
      "aes-xts-plain64 babe 1 1:0 0 1 same_cpu_crypt"
    ),
    (
      "aes-xts-plain64 babe 0 1:0 0 1 integrity:16:None",
      "aes-xts-plain64 babe 0 1:0 0 1 integrity:16:none"
    ),
    (
      "aes-xts-plain64 babe 0 1:0 0 1 SECTOR_SIZE:4096",
      "aes-xts-plain64 babe 0 1:0 0 1 SECTOR_SIZE:4096"
    ),
    ("aes 00ff 0 /dev/a\\ b 0", "aes 00ff 0 /dev/a\\ b 0"),
  ])
  func `parameters are printed as the kernel does`(line: String, printed: String) throws {
    let params = try CryptTargetParams(parsing: line)
    #expect(params.text.description == printed)
    #expect(try CryptTargetParams(parsing: params.text.bytes) == params)
  }

  /// Tables that kernels refused, but for the odd number of digits.
  @Test(arguments: [
    ("aes-xts-plain64 babez0 0 1:0 0", "key", 16, ParseError.Reason.malformed),
    ("aes-xts-plain64 bab 0 1:0 0", "key", 16, .malformed),
    ("aes-xts-plain64 :64:user 0 1:0 0", "key", 16, .malformed),
    ("aes-xts-plain64 :64:user: 0 1:0 0", "key", 16, .malformed),
    ("aes-xts-plain64 :x:user:d 0 1:0 0", "key", 16, .malformed),
    ("aes-xts-plain64 babe 1 1:0 0 1 sector_size:4096", "iv offset", 0, .forbidden),
    ("aes-xts-plain64 babe 0 1:0 1 1 sector_size:4096", "start", 0, .forbidden),
    ("capi: babe 0 1:0 0", "cipher", 0, .forbidden),
    ("aes-xts-plain64 babe 0 1:0 0 1 sector_size:8192", "sector_size", 0, .forbidden),
    ("aes-xts-plain64 babe 0 1:0 0 1 sector_size:1000", "sector_size", 0, .forbidden),
    ("aes-xts-plain64 babe 0 1:0 0 1 sector_size:x", "sector size", 43, .malformed),
    ("aes-xts-plain64 babe 0 1:0 0 1 integrity:0:aead", "integrity", 0, .forbidden),
    ("aes-xts-plain64 babe 0 1:0 0 1 integrity:481:aead", "integrity", 0, .forbidden),
    ("aes-xts-plain64 babe 0 1:0 0 1 integrity:16:some", "integrity", 41, .malformed),
    ("aes-xts-plain64 babe 0 1:0 0 1 integrity:16:aead", "integrity", 0, .forbidden),
    ("aes-xts-plain64 babe 0 1:0 0 1 integrity_key_size:0", "integrity_key_size", 0, .forbidden),
    ("aes-xts-plain64 :0:user:d 0 1:0 0", "key", 0, .forbidden),
    ("aes-xts-plain64 :64:user:a\\ b 0 1:0 0", "key", 0, .forbidden),
    ("xts(aes)-plain64 babe 0 1:0 0", "cipher", 0, .forbidden),
    ("aes:3-cbc-plain babe 0 1:0 0", "cipher", 0, .forbidden),
    ("aes-xts babe 0 1:0 0", "cipher", 0, .forbidden),
    ("aes-xts-plain64 babe 0 1:0", "start", 26, .missing),
    ("aes-xts-plain64 babe 0 1:0 0 0 extra", "end of line", 31, .unexpected),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(CryptTargetParams.self, line, field, offset, reason)
  }

  @Test(arguments: [
    "aes-xts-plain64 KEYx 0 1:0 0", "KEY 0 1:0 0", "aes-xts-plain64 0 KEY 1:0 0",
    "aes-xts-plain64 babe 0 1:0 0 1 sector_size:KEY",
    "aes-xts-plain64 KEY 1 1:0 0 1 sector_size:4096",
    "aes-xts-plain64 babe 0 1:0 0 KEY",
  ])
  func `an error doesn't quote what may be a key`(line: String) {
    let error = #expect(throws: ParseError.self) {
      try CryptTargetParams(parsing: line.replacing("KEY", with: Self.digits))
    }
    #expect(error.map { !"\($0)".contains("babe") && !"\($0.found)".contains("babe") } == true)
  }

  @Test func `a key shows only in text and in JSON that was asked for`() throws {
    let line = "aes-xts-plain64 \(Self.digits) 0 1:0 0"
    let params = try CryptTargetParams(parsing: line)
    var dumped = ""
    dump(params, to: &dumped)
    let table = try TargetTable<AnyTarget>(length: 16, .crypt(params))
    let message = CryptMessage.setKey(params.key)
    for text in [
      dumped, "\(params)", "\(params.key)", String(reflecting: params), "\(table)", "\(message)",
      "\(AnyTarget.crypt(params))", "\(table.lines[0])", String(reflecting: params.key),
    ] {
      #expect(!text.contains("babe"))
      #expect(!text.contains("186"))  // 0xba
    }
    #expect(message.text.description == "key set \(Self.digits)")
    #expect(CryptMessage.wipeKey.text.description == "key wipe")

    let encoder = JSONEncoder()
    let hidden = try encoder.encode(params)
    #expect(!String(decoding: hidden, as: UTF8.self).contains("babe"))
    let decoded = try JSONDecoder().decode(CryptTargetParams.self, from: hidden)
    #expect(decoded != params)
    #expect(decoded.description == params.description)
    try expectJSONRoundTrip(decoded)

    encoder.userInfo[.includesKeyMaterial] = true
    let shown = try encoder.encode(params)
    #expect(try JSONDecoder().decode(CryptTargetParams.self, from: shown) == params)
  }

  @Test func `a key has its bytes or a place for them`() throws {
    let key = try #require(KeyMaterial(hex: "00FF"))
    #expect(key.revealedBytes == [0, 255])
    #expect(key == KeyMaterial(bytes: [0, 255]))
    #expect(key.byteCount == 2)
    #expect(!key.isHidden)
    #expect(key.hidden == KeyMaterial(hex: "0000"))
    #expect(key.hidden.isHidden)
    #expect(key.hidden.revealedBytes == nil)
    #expect(KeyMaterial(hiddenByteCount: 2) == key.hidden)
    #expect(KeyMaterial(hex: "") == nil)
    #expect(KeyMaterial(hex: "0g") == nil)
    #expect(KeyMaterial(hiddenByteCount: 0) == nil)
    #expect(KeyMaterial(hiddenByteCount: 65537) == nil)
    expectRefusedJSON(KeyMaterial.self, #"{"byteCount":-1}"#)
    expectRefusedJSON(KeyMaterial.self, #"{"hex":"0"}"#)
  }

  @Test(arguments: [
    ("-", KeySpecification.none),
    (
      ":32:logon:a:b",
      .keyring(KeyringKey(byteCount: 32, keyType: .logon, name: "a:b"))
    ),
    (
      ":4294967295:asymmetric:x",
      .keyring(KeyringKey(byteCount: .max, keyType: "asymmetric", name: "x"))
    ),
  ])
  func `a key that is no secret is a value like others`(
    text: String, key: KeySpecification
  ) throws {
    #expect(KeySpecification(text) == key)
    #expect(key.description == text)
    try expectJSONRoundTrip(key)
  }

  @Test(arguments: [
    ("aes-xts-plain64", ["aes", "-", "xts", "plain64", "-"]),
    ("aes-cbc-essiv:sha256", ["aes", "-", "cbc", "essiv", "sha256"]),
    ("aes:64-cbc-lmk", ["aes", "64", "cbc", "lmk", "-"]), ("aes", ["aes", "-", "-", "-", "-"]),
    ("cipher_null-ecb", ["cipher_null", "-", "ecb", "-", "-"]),
    (
      "capi:authenc(hmac(sha256),xts(aes))-random",
      ["authenc(hmac(sha256),xts(aes))", "-", "-", "random", "-"]
    ),
    ("capi:cbc(aes)-essiv:sha3-256", ["cbc(aes)", "-", "-", "essiv", "sha3-256"]),
  ])
  func `a cipher has its parts`(text: String, parts: [String]) throws {
    let cipher = CryptCipher(stringLiteral: text).parts
    #expect(
      [cipher.algorithm, cipher.keyCount, cipher.mode, cipher.iv, cipher.ivOptions]
        .map { $0 ?? "-" } == parts)
  }

  @Test func `what is refused at construction is refused in JSON`() throws {
    let json = #"""
      {"cipher":"aes-xts-plain64","key":{"type":"hex","byteCount":2,"hex":"babe"},"ivOffset":8,
       "device":"1:0","start":0,"features":{"allowsDiscards":false,"usesSameCPU":false,
       "hasHighPriority":false,"submitsFromCryptCPUs":false,"bypassesReadWorkqueue":false,
       "bypassesWriteWorkqueue":false,"sectorSize":4096,"usesLargeSectorIVs":true,"unknown":[]}}
      """#
    #expect(
      try decodeJSON(CryptTargetParams.self, json).text
        == "aes-xts-plain64 babe 8 1:0 0 2 sector_size:4096 iv_large_sectors")
    for (old, new) in [("4096", "4095"), (":8", ":9"), ("-plain64", "")] {
      expectRefusedJSON(CryptTargetParams.self, json.replacing(old, with: new))
    }
  }

  @Test func `a length is a multiple of the sector size`() throws {
    let params = try CryptTargetParams(
      parsing: "aes-xts-plain64 babe 0 1:0 0 1 sector_size:4096")
    try params.check(length: 16)
    #expect(throws: ParameterError.self) { try params.check(length: 4) }
  }

  @Test func `the status is empty`() throws {
    try expectRoundTrip(CryptStatus.self, "")
    #expect(CryptStatus().health == .healthy)
  }
}
