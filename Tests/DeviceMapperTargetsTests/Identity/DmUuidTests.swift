import DeviceMapperTargets
import Foundation
import Testing

struct DmUuidTests {
  @Test(arguments: [
    ("", IdentifierError.Reason.empty),
    ("a/b", .forbiddenByte(0x2f, offset: 1)),
    ("a\0b", .forbiddenByte(0, offset: 1)),
    ("ab\n", .forbiddenByte(0x0a, offset: 2)),
    ("é\u{1b}", .forbiddenByte(0x1b, offset: 2)),
    ("\u{7f}", .forbiddenByte(0x7f, offset: 0)),
    (String(repeating: "n", count: 129), .tooLong(count: 129, limit: 128)),
    (String(repeating: "é", count: 65), .tooLong(count: 130, limit: 128)),
  ])
  func `a uuid that would harm is refused with the reason`(
    text: String, reason: IdentifierError.Reason
  ) {
    #expect(throws: IdentifierError(.uuid, reason)) { try DmUuid(text) }
  }

  @Test(arguments: [
    "a", "a b", ".", "..", "control", "LVM-0123", "größe", #"a\x20b"#,
    String(repeating: "n", count: 128),
  ])
  func `any other uuid is kept`(text: String) throws {
    let uuid = try DmUuid(text)
    #expect(uuid.string == text)
    #expect(uuid.description == text)
    #expect(uuid.array.count == text.utf8.count)
    #expect(try DmUuid(kernelBytes: uuid.array) == uuid)
    #expect(DmUuid(stringLiteral: text) == uuid)
  }

  @Test(arguments: [
    Array("a/b".utf8), [0x2e], Array("control".utf8), [0x0a], [0xff, 0x61, 0xfe],
    [UInt8](repeating: 0x80, count: 128),
  ])
  func `what the kernel reports stays byte for byte`(bytes: [UInt8]) throws {
    let uuid = try DmUuid(kernelBytes: bytes)
    #expect(uuid.array == bytes)
    #expect(uuid.string == String(validating: bytes, as: UTF8.self))
    let data = try JSONEncoder().encode([uuid])
    #expect(try JSONDecoder().decode([DmUuid].self, from: data) == [uuid])
  }

  @Test(
    arguments: [
      ([], IdentifierError.Reason.empty),
      ([UInt8](repeating: 0x61, count: 129), .tooLong(count: 129, limit: 128)),
      ([0x61, 0, 0x62], .forbiddenByte(0, offset: 1)),
    ] as [([UInt8], IdentifierError.Reason)])
  func `what no kernel reports is refused`(bytes: [UInt8], reason: IdentifierError.Reason) {
    #expect(throws: IdentifierError(.uuid, reason)) { try DmUuid(kernelBytes: bytes) }
  }

  @Test func `JSON is a string, or an array of bytes`() throws {
    let uuid: DmUuid = "größe"
    #expect(try String(decoding: JSONEncoder().encode(uuid), as: UTF8.self) == "\"größe\"")
    let odd = try DmUuid(kernelBytes: [0x61, 0xff])
    #expect(try String(decoding: JSONEncoder().encode(odd), as: UTF8.self) == "[97,255]")
  }

  @Test(arguments: [
    "\"\"", "[]", "\"a\\u0000b\"", "[97,0]", "[256]", "[-1]", "12", "{}", "null", "[\"a\"]",
    "\"\(String(repeating: "n", count: 129))\"",
    "[\(String(repeating: "97,", count: 128))97]",
    "[\(String(repeating: "97,", count: 9_999))97]",
  ])
  func `JSON that is no uuid is refused`(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(DmUuid.self, from: Data(json.utf8))
    }
  }

  @Test func `uuids sort by their bytes`() throws {
    let odd = try DmUuid(kernelBytes: [0xff])
    let uuids: [DmUuid] = ["b", "a-1", "ab", "a", "é", "B"]
    #expect((uuids + [odd]).sorted() == ["B", "a", "a-1", "ab", "b", "é", odd])
  }

  @Test func `a literal that is no uuid stops the program`() async {
    await #expect(processExitsWith: .failure) { _ = "a/b" as DmUuid }
    await #expect(processExitsWith: .failure) { _ = "" as DmUuid }
  }
}
