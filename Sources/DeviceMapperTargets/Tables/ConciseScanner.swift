/// Splits devices in the concise format into their fields.
struct ConciseScanner: ~Escapable {
  /// What a field ends with.
  enum End { case comma, semicolon, text }

  private let text: Span<UInt8>
  /// The rules.
  let format: ConciseFormat
  /// Where the next field begins.
  private(set) var position = 0
  /// What the last field ended with.
  private(set) var end = End.semicolon

  @_lifetime(copy text)
  init(_ text: Span<UInt8>, _ format: ConciseFormat) {
    var count = text.count
    // The newline of a file, unless it belongs to a field.
    while count > 0, text[count - 1] == UInt8(ascii: "\n") {
      if format == .dmsetup, count > 1, text[count - 2] == UInt8(ascii: "\\") { break }
      count -= 1
    }
    self.text = text.extracting(first: count)
    self.format = format
  }

  private mutating func skipBlanks() {
    while position < text.count, FieldScanner.isBlank(text[position]) { position += 1 }
  }

  /// Whether there is no further device.
  mutating func isAtEnd() -> Bool {
    skipBlanks()
    return position == text.count && end != .comma
  }

  /// The error for something that isn't at the position.
  func error(_ reason: ParseError.Reason, _ field: String, _ expected: String) -> ParseError {
    ParseError(reason, target: nil, field: field, offset: position, expected: expected)
  }

  /// Reads a field of a device, behind which there must be another one unless `isLast`.
  mutating func field(
    _ name: String, isLast: Bool = false
  ) throws(ParseError) -> ConciseField {
    skipBlanks()
    var field = ConciseField(start: position)
    end = .text
    while position < text.count {
      var byte = text[position]
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") {
        end = byte == UInt8(ascii: ",") ? .comma : .semicolon
        break
      }
      let offset = position
      if format == .dmsetup, byte == UInt8(ascii: "\\") {
        position += 1
        guard position < text.count else {
          throw error(.missing, name, "a byte behind the backslash")
        }
        byte = text[position]
      }
      field.append(byte, from: offset)
      position += 1
    }
    field.end = position
    if format == .kernel { field.trimEnd() }
    guard end == .comma || isLast else {
      throw error(.missing, name == "flags" ? "table" : "comma", "a comma and the next field")
    }
    if end != .text { position += 1 }
    return field
  }
}

/// A field without escapes, that knows where its bytes came from.
struct ConciseField {
  private(set) var bytes: [UInt8] = []
  private var offsets: [Int] = []
  private let start: Int
  /// Where the field ends.
  var end: Int

  init(start: Int) {
    self.start = start
    end = start
  }

  mutating func append(_ byte: UInt8, from offset: Int) {
    bytes.append(byte)
    offsets.append(offset)
  }

  /// Drops blanks at the end.
  mutating func trimEnd() {
    while let last = bytes.last, FieldScanner.isBlank(last) {
      bytes.removeLast()
      end = offsets.removeLast()
    }
  }

  /// Where in the text the byte at `index` of the field stands.
  func offset(of index: Int) -> Int { index < offsets.count ? offsets[index] : end }

  /// The error for a field that isn't what is expected.
  func error(
    _ field: String, _ expected: String, _ reason: ParseError.Reason = .malformed
  ) -> ParseError {
    ParseError(
      reason, target: nil, field: field, offset: start, expected: expected,
      found: TargetText(sharing: bytes[...]))
  }
}
