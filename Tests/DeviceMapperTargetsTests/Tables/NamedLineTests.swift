import DeviceMapperTargets
import Testing

struct NamedLineTests {
  @Test(
    arguments: [
      ("vg-lv: 0 8192 linear 8:0 2048", "vg-lv", "0 8192 linear 8:0 2048"),
      ("0 8192 linear 8:0 2048", nil, "0 8192 linear 8:0 2048"),
      ("vg-pool: 0 2048 thin-pool Fail ", "vg-pool", "0 2048 thin-pool Fail"),
      ("empty: ", "empty", nil), ("empty:", "empty", nil), ("a: b: ", "a: b", nil),
      ("a: b: 0 8 zero", "a: b", "0 8 zero"),
      ("a: 0 8: 0 8 zero", "a: 0 8", "0 8 zero"),
      ("a:b: 0 8 zero \n", "a:b", "0 8 zero"),
      ("a b c: 0 8 zero", "a b c", "0 8 zero"),
      ("1 2 x: 0 8 zero", "1 2 x", "0 8 zero"),
      (": 0 8: 0 8 zero", ": 0 8", "0 8 zero"),
      ("a: 0 8 later name: 0 8 zero", "a", "0 8 later name: 0 8 zero"),
      ("\u{e4}: 0 8 zero", "\u{e4}", "0 8 zero"),
    ] as [(String, String?, String?)])
  func `a name ends where a line begins`(text: String, name: String?, line: String?) throws {
    let named = try NamedLine<VerbatimTarget>(parsing: text)
    #expect(named.name?.string == name)
    #expect(named.line?.description == line)
    let printed = TargetText(text).trimmed.description
    #expect(named.description == printed)
    #expect(try NamedLine<VerbatimTarget>(parsing: printed) == named)
    try expectJSONRoundTrip(named)
  }

  @Test func `who knows that there is a name or none may say so`() throws {
    let text = "0 8 x y: 0 8 zero"
    #expect(try NamedLine<VerbatimTarget>(parsing: text).name == nil)
    #expect(try NamedLine<VerbatimTarget>(parsing: text, isNamed: false).name == nil)
    let named = try NamedLine<VerbatimTarget>(parsing: text, isNamed: true)
    #expect(named.name?.string == "0 8 x y")
    #expect(throws: ParseError.self) {
      try NamedLine<VerbatimTarget>(parsing: "0 8 zero", isNamed: true)
    }
    #expect(throws: ParseError.self) {
      try NamedLine<VerbatimTarget>(parsing: "a: 0 8 zero", isNamed: false)
    }
  }

  @Test func `bytes that aren't UTF-8 are kept`() throws {
    let bytes: [UInt8] = [0xff, 0x3a, 0x20] + Array("0 8 zero".utf8)
    let named = try NamedLine<AnyTarget>(parsing: bytes.span)
    #expect(named.name?.string == nil)
    #expect(named.name?.bytes.count == 1)
    try expectJSONRoundTrip(named)
  }

  @Test(arguments: [
    ("", "start", 0), ("x", "start", 0), ("a: 0 x zero", "length", 5), ("a: 0", "length", 4),
    ("a: 0 8", "target type", 6), (": 0 8 zero", "name", 0),
    ("a: 0 8 linear 1:0", "start", 17), ("0 8 linear 1:0 x", "start", 15),
  ])
  func `an error says where and what`(text: String, field: String, offset: Int) {
    let error = #expect(throws: ParseError.self) { try NamedLine<AnyTarget>(parsing: text) }
    #expect(error?.field == field)
    #expect(error?.offset == offset)
  }

  @Test func `a name has at most 127 bytes`() throws {
    let name = String(repeating: "a", count: 127)
    #expect(try NamedLine<AnyTarget>(parsing: "\(name): 0 8 zero").name?.string == name)
    let error = #expect(throws: ParseError.self) {
      try NamedLine<AnyTarget>(parsing: "\(name)a: 0 8 zero")
    }
    #expect(error?.field == "name")
  }

  @Test func `nothing at all is refused in JSON`() {
    expectRefusedJSON(NamedLine<AnyTarget>.self, "{}")
  }
}
