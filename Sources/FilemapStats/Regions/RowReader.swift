import DeviceMapperTargets

/// Reads the rows of a list of regions, which have the form `ID: START+LENGTH STEP PROGRAM DATA`.
///
/// Names and data of any program stand in the list as they are, line breaks included. What looks
/// like no region's row is taken to belong to the data of the row before it, so that nobody's data
/// hides a region.
enum RowReader {
  /// What the kernel itself knows of a region.
  struct Row {
    var id: RegionId
    var range: SectorRange
    var areaSize: Sectors
  }

  /// Hands all rows to `body`, one after the other: the row, where in the list the program and what
  /// is behind it stand, and whether that is the same as in the row before.
  @inline(__always)
  static func read(
    _ text: Span<UInt8>,
    _ body: (Row, _ rest: Range<Int>, _ repeatsRest: Bool) throws(ParseError) -> Void
  ) throws(ParseError) {
    if text.isEmpty { return }
    var cursor = 0
    var row: Row
    do { row = try begin(text, &cursor) } catch { throw error.error(in: text, at: cursor) }
    var last = 0..<0
    while true {
      let start = cursor
      // As a rule all rows of a file end alike.
      let isRepeated = text.lineRepeats(last, at: start)
      let repeated = start + last.count
      var end = isRepeated ? repeated : text.endOfLine(from: start)
      var next: Row?
      while next == nil, end + 1 < text.count {
        cursor = end + 1
        next = try? begin(text, &cursor)
        if next == nil { end = text.endOfLine(from: cursor) }
      }
      last = start..<end
      try body(row, last, isRepeated && end == repeated)
      guard let next else { return }
      row = next
    }
  }

  /// Reads how a row begins, up to its program; if there is no row, the cursor stays in its line, at
  /// what isn't as it should be.
  private static func begin(
    _ text: Span<UInt8>, _ cursor: inout Int
  ) throws(RowFault) -> Row {
    var position = cursor
    guard let number = text.number(from: &position), let id = UInt32(exactly: number),
      text.skip(UInt8(ascii: ":"), from: &position), text.skip(UInt8(ascii: " "), from: &position)
    else { throw .region }
    cursor = position
    guard let first = text.number(from: &position), text.skip(UInt8(ascii: "+"), from: &position),
      let length = text.number(from: &position), !first.addingReportingOverflow(length).overflow
    else { throw .range }
    cursor = position
    guard text.skip(UInt8(ascii: " "), from: &position), let size = text.number(from: &position),
      size > 0
    else { throw .areaSize }
    cursor = position
    guard text.skip(UInt8(ascii: " "), from: &position) else { throw .program }
    cursor = position
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
    var value: UInt64 = 0
    while position < count {
      let digit = unsafe self[unchecked: position] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value &* 10 &+ UInt64(digit)
      position &+= 1
    }
    // Up to nineteen digits fit whatever they are.
    if UInt(bitPattern: position &- start &- 1) < 19 { return value }
    return extracting(start..<position).decimalValue
  }

  @inline(__always)
  fileprivate func skip(_ byte: UInt8, from position: inout Int) -> Bool {
    guard position < count, unsafe self[unchecked: position] == byte else { return false }
    position &+= 1
    return true
  }

  /// Whether the line from `start` on is the same as what a range further in front has.
  @inline(__always)
  fileprivate func lineRepeats(_ other: Range<Int>, at start: Int) -> Bool {
    let end = start &+ other.count
    return unsafe !other.isEmpty && end < count && self[unchecked: end] == UInt8(ascii: "\n")
      && extracting(start..<end).isEqual(to: extracting(other))
  }
}

/// What isn't as it should be in a row; cheap to make, as each further line of somebody's data is one.
enum RowFault: Error {
  case region, range, areaSize, program

  /// The error for a list in which this was found.
  func error(in list: Span<UInt8>, at offset: Int) -> ParseError {
    let (field, expected): (StaticString, String) =
      switch self {
      case .region: ("region", "ID:")
      case .range: ("range", "START+LENGTH")
      case .areaSize: ("area size", "a number")
      case .program: ("program", "a word")
      }
    let line = list.extracting(offset..<list.endOfLine(from: offset))
    var fields = FieldScanner(line, base: offset)
    guard let word = fields.nextWord() else { return fields.missing(field, expected: expected) }
    return fields.unexpected(word, field, expected: expected)
  }
}
