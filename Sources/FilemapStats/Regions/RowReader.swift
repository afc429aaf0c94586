import DeviceMapperTargets

/// Reads the rows of a list of regions, which have the form `ID: START+LENGTH STEP PROGRAM DATA`.
///
/// Names and data of any program stand in the list as they are, line breaks included. What looks
/// like no region's row is taken to belong to the data of the row before it, so that nobody's data
/// hides a region.
enum RowReader {
  /// What the kernel itself knows of a region, and where in the list the rest stands.
  struct Row {
    var id: RegionId
    var range: SectorRange
    var areaSize: Sectors
    /// The program and what is behind it.
    var rest = 0..<0
    /// Whether that is the same as in the row before.
    var repeatsRest = false
  }

  /// Hands all rows to `body`, one after the other.
  @inline(__always)
  static func read(
    _ text: Span<UInt8>, _ body: (Row) throws(ParseError) -> Void
  ) throws(ParseError) {
    if text.isEmpty { return }
    var cursor = 0
    var row: Row
    do { row = try begin(text, &cursor) } catch { throw error.error(in: text) }
    var last = 0..<0
    while true {
      let start = cursor
      // As a rule all rows of a file end alike.
      let repeated = text.lineEnd(repeating: last, at: start)
      var end = repeated ?? text.endOfLine(from: start)
      var next: Row?
      while next == nil, end + 1 < text.count {
        cursor = end + 1
        next = try? begin(text, &cursor)
        if next == nil { end = text.endOfLine(from: cursor) }
      }
      last = start..<end
      row.rest = last
      row.repeatsRest = end == repeated
      try body(row)
      guard let next else { return }
      row = next
    }
  }

  /// Reads how a row begins, up to its program; if there is no row, the cursor stays in its line.
  @inline(__always)
  private static func begin(
    _ text: Span<UInt8>, _ cursor: inout Int
  ) throws(RowFault) -> Row {
    let start = cursor
    guard let number = text.number(from: &cursor), let id = UInt32(exactly: number),
      text.skip(UInt8(ascii: ":"), from: &cursor), text.skip(UInt8(ascii: " "), from: &cursor)
    else { throw RowFault("region", at: start, expected: "ID:") }
    let rangeStart = cursor
    guard let first = text.number(from: &cursor), text.skip(UInt8(ascii: "+"), from: &cursor),
      let length = text.number(from: &cursor), !first.addingReportingOverflow(length).overflow
    else { throw RowFault("range", at: rangeStart, expected: "START+LENGTH") }
    let sizeStart = cursor
    guard text.skip(UInt8(ascii: " "), from: &cursor), let size = text.number(from: &cursor),
      size > 0
    else { throw RowFault("area size", at: sizeStart, expected: "a number") }
    guard text.skip(UInt8(ascii: " "), from: &cursor) else {
      throw RowFault("program", at: cursor, expected: "a word")
    }
    return Row(
      id: RegionId(rawValue: id),
      range: SectorRange(start: Sectors(rawValue: first), length: Sectors(rawValue: length)),
      areaSize: Sectors(rawValue: size))
  }
}

extension Span<UInt8> {
  /// Reads a decimal number, or returns `nil` where there is none or it doesn't fit.
  @inline(__always)
  fileprivate func number(from position: inout Int) -> UInt64? {
    let start = position
    var end = start
    var value: UInt64 = 0
    while end < count {
      let digit = unsafe self[unchecked: end] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value &* 10 &+ UInt64(digit)
      end &+= 1
    }
    position = end
    // Nineteen digits fit whatever they are.
    if end &- start > 19 { return extracting(start..<end).decimalValue }
    return end > start ? value : nil
  }

  @inline(__always)
  fileprivate func skip(_ byte: UInt8, from position: inout Int) -> Bool {
    guard position < count, unsafe self[unchecked: position] == byte else { return false }
    position &+= 1
    return true
  }

  /// The end of a line from `start` on that is the same as the one in a range further in front, or
  /// `nil` if it is another.
  @inline(__always)
  fileprivate func lineEnd(repeating other: Range<Int>, at start: Int) -> Int? {
    let end = start &+ other.count
    guard !other.isEmpty, end < count, unsafe self[unchecked: end] == UInt8(ascii: "\n"),
      extracting(start..<end).isEqual(to: extracting(other))
    else { return nil }
    return end
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
