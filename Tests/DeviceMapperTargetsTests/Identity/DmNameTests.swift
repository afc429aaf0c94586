import DeviceMapperTargets
import Foundation
import Testing

struct DmNameTests {
  @Test(arguments: [
    ("", IdentifierError.Reason.empty),
    ("a/b", .forbiddenByte(0x2f, offset: 1)),
    ("a\0b", .forbiddenByte(0, offset: 1)),
    ("ab\n", .forbiddenByte(0x0a, offset: 2)),
    ("é\u{1b}", .forbiddenByte(0x1b, offset: 2)),
    ("\u{7f}", .forbiddenByte(0x7f, offset: 0)),
    (".", .reserved(".")),
    ("..", .reserved("..")),
    ("control", .reserved("control")),
    (String(repeating: "n", count: 128), .tooLong(count: 128, limit: 127)),
    (String(repeating: "é", count: 64), .tooLong(count: 128, limit: 127)),
  ])
  func `a name that would harm is refused with the reason`(
    text: String, reason: IdentifierError.Reason
  ) {
    #expect(throws: IdentifierError(.name, reason)) { try DmName(text) }
  }

  @Test(arguments: [
    "a", "a b", "...", ".a", "control1", "Control", "größe", #"a\x20b"#,
    String(repeating: "n", count: 127),
  ])
  func `any other name is kept`(text: String) throws {
    let name = try DmName(text)
    #expect(name.string == text)
    #expect(name.description == text)
    #expect(name.array.count == text.utf8.count)
    #expect(try DmName(kernelBytes: name.array) == name)
    #expect(DmName(stringLiteral: text) == name)
  }

  @Test(arguments: [
    Array("a/b".utf8), [0x2e], Array("control".utf8), [0x0a], [0xff, 0x61, 0xfe],
    [UInt8](repeating: 0x80, count: 127),
  ])
  func `what the kernel reports is kept byte for byte`(bytes: [UInt8]) throws {
    let name = try DmName(kernelBytes: bytes)
    #expect(name.array == bytes)
    #expect(name.string == String(validating: bytes, as: UTF8.self))
    let data = try JSONEncoder().encode([name])
    #expect(try JSONDecoder().decode([DmName].self, from: data) == [name])
  }

  @Test(
    arguments: [
      ([], IdentifierError.Reason.empty),
      ([UInt8](repeating: 0x61, count: 128), .tooLong(count: 128, limit: 127)),
      ([0x61, 0, 0x62], .forbiddenByte(0, offset: 1)),
    ] as [([UInt8], IdentifierError.Reason)])
  func `what no kernel reports is refused`(bytes: [UInt8], reason: IdentifierError.Reason) {
    #expect(throws: IdentifierError(.name, reason)) { try DmName(kernelBytes: bytes) }
  }

  @Test func `JSON is a string, or an array of bytes`() throws {
    let name: DmName = "größe"
    #expect(try String(decoding: JSONEncoder().encode(name), as: UTF8.self) == "\"größe\"")
    let odd = try DmName(kernelBytes: [0x61, 0xff])
    #expect(try String(decoding: JSONEncoder().encode(odd), as: UTF8.self) == "[97,255]")
  }

  @Test(arguments: [
    "\"\"", "[]", "\"a\\u0000b\"", "[97,0]", "[256]", "[-1]", "12", "{}", "null", "[\"a\"]",
    "\"\(String(repeating: "n", count: 128))\"",
    "[\(String(repeating: "97,", count: 127))97]",
    "[\(String(repeating: "97,", count: 9_999))97]",
  ])
  func `JSON that is no name is refused`(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(DmName.self, from: Data(json.utf8))
    }
  }

  @Test func `names sort by their bytes`() throws {
    let odd = try DmName(kernelBytes: [0xff])
    let names: [DmName] = ["b", "a-1", "ab", "a", "é", "B"]
    #expect((names + [odd]).sorted() == ["B", "a", "a-1", "ab", "b", "é", odd])
  }

  @Test func `a literal that is no name stops the program`() async {
    await #expect(processExitsWith: .failure) { _ = "a/b" as DmName }
    await #expect(processExitsWith: .failure) { _ = "" as DmName }
  }
}
