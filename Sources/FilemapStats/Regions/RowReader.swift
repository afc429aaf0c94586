import DeviceMapperTargets

/// Reads the rows of a list of regions, which have the form `ID: START+LENGTH STEP PROGRAM DATA`.
///
/// Names and data of any program stand in the list as they are, line breaks included. What looks
/// like no region's row is taken to belong to the data of the row before it, so that nobody's data
/// hides a region.
struct RowReader: ~Escapable {
  /// What the kernel itself knows of a region, and where in the list the rest stands.
  struct Row {
    var id: RegionId
    var range: SectorRange
    var areaSize: Sectors
    /// The program and what is behind it.
    var rest: Range<Int>
  }

  private let text: Span<UInt8>
  private var position = 0
  /// The next row as far as it has been read, up to its program; `nil` at the end.
  private var row: Row?

  /// Begins at the first row.
  @_lifetime(copy text)
  init(_ text: Span<UInt8>) throws(RowFault) {
    self.text = text
    if !text.isEmpty { row = try readNumbers() }
  }

  /// Reads a row, or returns `nil` at the end.
  mutating func next() -> Row? {
    guard var found = row else { return nil }
    row = nil
    var end = text.endOfLine(from: position)
    while row == nil, end + 1 < text.count {
      position = end + 1
      row = try? readNumbers()
      if row == nil { end = text.endOfLine(from: position) }
    }
    found.rest = found.rest.lowerBound..<end
    return found
  }

  /// Reads how a row begins, up to its program; if there is no row, the position stays in its line.
  private mutating func readNumbers() throws(RowFault) -> Row {
    let start = position
    guard let number = number(), let id = UInt32(exactly: number), skip(UInt8(ascii: ":")),
      skip(UInt8(ascii: " "))
    else { throw RowFault("region", at: start, expected: "ID:") }
    let rangeStart = position
    guard let first = self.number(), skip(UInt8(ascii: "+")), let length = self.number(),
      !first.addingReportingOverflow(length).overflow
    else { throw RowFault("range", at: rangeStart, expected: "START+LENGTH") }
    let sizeStart = position
    guard skip(UInt8(ascii: " ")), let size = self.number(), size > 0 else {
      throw RowFault("area size", at: sizeStart, expected: "a number")
    }
    guard skip(UInt8(ascii: " ")) else {
      throw RowFault("program", at: position, expected: "a word")
    }
    return Row(
      id: RegionId(rawValue: id),
      range: SectorRange(start: Sectors(rawValue: first), length: Sectors(rawValue: length)),
      areaSize: Sectors(rawValue: size), rest: position..<position)
  }

  /// Reads a decimal number, or returns `nil` where there is none or it doesn't fit.
  private mutating func number() -> UInt64? {
    let start = position
    var end = start
    var value: UInt64 = 0
    while end < text.count {
      let digit = unsafe text[unchecked: end] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value &* 10 &+ UInt64(digit)
      end &+= 1
    }
    position = end
    // Nineteen digits fit whatever they are.
    if end &- start > 19 { return text.extracting(start..<end).decimalValue }
    return end > start ? value : nil
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard position < text.count, unsafe text[unchecked: position] == byte else { return false }
    position &+= 1
    return true
  }
}

/// What isn't as it should be in a list of regions, and where; cheap to make, as each further line of
/// somebody's data is one.
struct RowFault: Error {
  private let field: StaticString
  private let expected: StaticString
  private let offset: Int

  init(_ field: StaticString, at offset: Int, expected: StaticString) {
    self.field = field
    self.expected = expected
    self.offset = offset
  }

  /// The error for a list in which this was found.
  func error(in list: Span<UInt8>) -> ParseError {
    let line = list.extracting(offset..<list.endOfLine(from: offset))
    var fields = FieldScanner(line, base: offset)
    guard let word = fields.nextWord() else {
      return fields.missing(field, expected: expected.description)
    }
    return fields.unexpected(word, field, expected: expected.description)
  }
}
