import DeviceMapperTargets
import Testing

struct NamedTableTests {
  private static let text = """
    empty:
    root: 0 16 linear 8:0 0
    root: 16 16 linear 8:16 2048
    root: with colon: 0 8 zero
    zero: 0 8 zero

    """

  @Test func `the lines of a device follow each other`() throws {
    let tables = try NamedTable<AnyTarget>.tables(parsing: Self.text)
    #expect(tables.map(\.name?.string) == ["empty", "root", "root: with colon", "zero"])
    #expect(tables.map { $0.table?.lines.count } == [nil, 2, 1, 1])
    #expect(tables.map(\.description).joined() == Self.text)
    try expectJSONRoundTrip(tables)
  }

  @Test(arguments: ["", "\n \n", "No devices found\n"])
  func `there may be no device`(text: String) throws {
    #expect(try NamedTable<AnyTarget>.tables(parsing: text).isEmpty)
  }

  @Test func `a line at sector 0 begins a table`() throws {
    let tables = try NamedTable<AnyTarget>.tables(
      parsing: "0 8 zero\n8 8 zero\n\n0 8 zero\na: 0 8 zero\na: 0 8 zero\na: \na:\n")
    #expect(tables.map { $0.table?.lines.count } == [2, 1, 1, 1, nil, nil])
    #expect(tables.map(\.name?.string) == [nil, nil, "a", "a", "a", "a"])
  }

  @Test(arguments: [
    ("a: 0 8 zero\nb: 0 x zero\n", DeviceTextError.Case.text, 17),
    ("a: 0 8 zero\nb: 0 8 zero\nb: 9 8 zero\nc: 0 8 zero\n", .table, 12),
    ("a: 0 8 zero\nb: 4 8 zero", .table, 12), ("a: 0 0 zero", .table, 0),
    ("a: 0 9 striped 2 8 1:0 0 1:1 0", .table, 0),
  ])
  func `an error says where`(text: String, kind: DeviceTextError.Case, offset: Int) {
    let error = #expect(throws: DeviceTextError.self) {
      try NamedTable<AnyTarget>.tables(parsing: text)
    }
    #expect(error?.kind == kind)
    #expect(error?.offset == offset)
  }

  @Test func `many lines take their time once`() throws {
    var text = ""
    for index in 0..<2000 { text += "device: \(index * 8) 8 linear 8:0 \(index)\n" }
    let tables = try NamedTable<AnyTarget>.tables(parsing: text)
    #expect(tables.count == 1)
    #expect(tables[0].table?.length == 16_000)
  }
}

extension DeviceTextError {
  enum Case { case text, table }

  var kind: Case {
    switch self {
    case .text: .text
    case .table: .table
    }
  }

  var offset: Int {
    switch self {
    case .text(let error): error.offset
    case .table(_, let offset): offset
    }
  }
}
