import DeviceMapperTargets
import Foundation
import Testing

struct DmNameTests {
  @Test(arguments: [
    ("", IdentifierError.Reason.empty),
    ("a/b", .forbiddenByte(0x2f, offset: 1)),
    ("a\0b", .forbiddenByte(0, offset: 1)),
    ("ab\n", .forbiddenByte(0x0a, offset: 2)),
    ("\u{7f}", .forbiddenByte(0x7f, offset: 0)),
    (".", .reserved(".")),
    ("..", .reserved("..")),
    ("control", .reserved("control")),
    (String(repeating: "n", count: 128), .tooLong(count: 128, limit: 127)),
  ])
  func `a name that would harm is refused with the reason`(
    text: String, reason: IdentifierError.Reason
  ) {
    #expect(throws: IdentifierError(.name, reason)) { try DmName(text) }
  }

  @Test(arguments: ["a", "a b", "...", "control1", "größe", String(repeating: "n", count: 127)])
  func `any other name is kept`(text: String) throws {
    let name = try DmName(text)
    #expect(name.string == text)
    #expect(name.description == text)
    let data = try JSONEncoder().encode([name])
    #expect(try JSONDecoder().decode([DmName].self, from: data) == [name])
  }
}
