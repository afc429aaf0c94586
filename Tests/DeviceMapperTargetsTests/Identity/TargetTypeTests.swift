import DeviceMapperTargets
import Foundation
import Testing

struct TargetTypeTests {
  @Test(arguments: [
    ("", IdentifierError.Reason.empty),
    ("thin pool", .forbiddenByte(0x20, offset: 4)),
    ("a\tb", .forbiddenByte(0x09, offset: 1)),
    ("a\0", .forbiddenByte(0, offset: 1)),
    ("\u{7f}", .forbiddenByte(0x7f, offset: 0)),
    (String(repeating: "t", count: 16), .tooLong(count: 16, limit: 15)),
  ])
  func `a word that is no target type is refused with the reason`(
    text: String, reason: IdentifierError.Reason
  ) {
    #expect(throws: IdentifierError(.targetType, reason)) { try TargetType(text) }
    #expect(throws: IdentifierError(.targetType, reason)) {
      try TargetType(bytes: Array(text.utf8))
    }
  }

  @Test(arguments: ["x", "my-own_target", "snapshot-origin", "a/b", "größe"])
  func `any other word is a target type`(text: String) throws {
    let type = try TargetType(text)
    #expect(type.description == text)
    #expect(type == TargetType(stringLiteral: text))
    let data = try JSONEncoder().encode([type])
    #expect(try JSONDecoder().decode([TargetType].self, from: data) == [type])
  }

  @Test func `the targets of the tree have their names`() {
    let types: [TargetType] = [
      .linear, .striped, .zero, .error, .delay, .flakey, .dust, .crypt, .inlinecrypt, .verity,
      .integrity, .thinPool, .thin, .cache, .writecache, .clone, .era, .raid, .mirror, .snapshot,
      .snapshotOrigin, .snapshotMerge, .multipath, .switch, .logWrites, .unstriped, .zoned, .ebs,
      .vdo, .pcache,
    ]
    #expect(
      types.map(\.description) == [
        "linear", "striped", "zero", "error", "delay", "flakey", "dust", "crypt", "inlinecrypt",
        "verity", "integrity", "thin-pool", "thin", "cache", "writecache", "clone", "era", "raid",
        "mirror", "snapshot", "snapshot-origin", "snapshot-merge", "multipath", "switch",
        "log-writes", "unstriped", "zoned", "ebs", "vdo", "pcache",
      ])
  }

  @Test func `types sort by their bytes`() {
    #expect(
      [TargetType.zero, .thinPool, .thin, .cache].sorted() == [.cache, .thin, .thinPool, .zero])
  }

  @Test(arguments: ["\"thin pool\"", "\"\"", "[]", "5", "\"0123456789abcdef\""])
  func `JSON that is no target type is refused`(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(TargetType.self, from: Data(json.utf8))
    }
  }

  @Test func `a literal that is no target type stops the program`() async {
    await #expect(processExitsWith: .failure) { _ = "thin pool" as TargetType }
  }
}
