extension FieldScanner {
  /// Reads a word.
  @_lifetime(copy self)
  public mutating func word(
    _ field: StaticString, expected: String = "a word", escaped: Bool = false
  ) throws(ParseError) -> Word {
    guard let word = nextWord(escaped: escaped) else {
      throw missing(field, expected: expected)
    }
    return word
  }

  /// Reads a decimal number without sign.
  ///
  /// - Parameters:
  ///   - field: The field's name, for errors.
  ///   - range: The values that the target has, or `nil` for all of the type.
  public mutating func number<Number: FixedWidthInteger & UnsignedInteger>(
    _ field: StaticString, in range: ClosedRange<Number>? = nil
  ) throws(ParseError) -> Number {
    let start = position
    if let value = shortNumber(), let number = Number(exactly: value), isAtWordEnd,
      range?.contains(number) ?? true
    {
      return number
    }
    position = start
    guard let word = nextWord() else { throw missing(field, expected: "a number") }
    guard let value = word.bytes.decimal(as: Number.self), range?.contains(value) ?? true else {
      throw notNumber(word, field, in: range ?? Number.min...Number.max)
    }
    return value
  }

  private func notNumber<Number: FixedWidthInteger & UnsignedInteger>(
    _ word: borrowing Word, _ field: StaticString, in range: ClosedRange<Number>
  ) -> ParseError {
    let isNumber = word.bytes.isDecimal
    return unexpected(
      word, field,
      expected: isNumber
        ? "a number from \(range.lowerBound) to \(range.upperBound)" : "a number",
      reason: isNumber ? .outOfRange : .malformed)
  }

  /// Reads a size, a decimal number of its unit.
  public mutating func quantity<Size: Quantity>(
    _ field: StaticString, in range: ClosedRange<Size>? = nil
  ) throws(ParseError) -> Size {
    let bounds = range.map { $0.lowerBound.rawValue...$0.upperBound.rawValue }
    let value: Size.RawValue = try number(field, in: bounds)
    return Size(rawValue: value)
  }

  /// Reads `used/total`.
  public mutating func usage<Size: Quantity>(
    _ field: StaticString
  ) throws(ParseError) -> Usage<Size> {
    let start = position
    if let used = shortNumber(), skipByte(UInt8(ascii: "/")), let total = shortDigits(),
      isAtWordEnd, let used = Size.RawValue(exactly: used),
      let total = Size.RawValue(exactly: total)
    {
      return Usage(used: Size(rawValue: used), total: Size(rawValue: total))
    }
    position = start
    guard let word = nextWord() else { throw missing(field, expected: "used/total") }
    guard let slash = word.bytes.firstIndex(of: UInt8(ascii: "/")),
      let used = word.bytes.extracting(first: slash).decimal(as: Size.RawValue.self),
      let total = word.bytes.extracting(droppingFirst: slash &+ 1).decimal(as: Size.RawValue.self)
    else { throw unexpected(word, field, expected: "used/total") }
    return Usage(used: Size(rawValue: used), total: Size(rawValue: total))
  }

  /// Reads a word of a closed set.
  ///
  /// - Parameters:
  ///   - field: The field's name, for errors.
  ///   - type: The words that may stand there.
  ///   - ignoringCase: Whether the kernel compares this word without regard to case.
  public mutating func keyword<Set: Keyword>(
    _ field: StaticString, as type: Set.Type = Set.self, ignoringCase: Bool = false
  ) throws(ParseError) -> Set {
    guard let word = nextWord() else { throw missing(field, expected: Set.listing) }
    for value in Set.allCases where word == value.keyword { return value }
    if ignoringCase {
      for value in Set.allCases where word.isEqualIgnoringCase(value.keyword) { return value }
    }
    throw unexpected(word, field, expected: Set.listing, reason: .unknownWord)
  }

  /// Reads `word` as true or `-` as false.
  public mutating func flag(
    _ field: StaticString, _ word: StaticString
  ) throws(ParseError) -> Bool {
    guard let found = nextWord() else { throw missing(field, expected: "\(word) or -") }
    if found == word { return true }
    if found == "-" { return false }
    throw unexpected(found, field, expected: "\(word) or -", reason: .unknownWord)
  }

  /// Reads a device number, `MAJOR:MINOR`.
  public mutating func deviceNumber(_ field: StaticString) throws(ParseError) -> Device {
    guard let word = nextWord() else { throw missing(field, expected: "MAJOR:MINOR") }
    guard let device = Device(bytes: word.bytes) else {
      throw unexpected(word, field, expected: "MAJOR:MINOR")
    }
    return device
  }

  /// Reads a device number or the path of a device node.
  public mutating func device(_ field: StaticString) throws(ParseError) -> DeviceReference {
    let word = try word(field, expected: "MAJOR:MINOR or a path", escaped: true)
    return try device(in: word, field)
  }

  /// Reads a number of words and those words, in which the scanner that `body` gets ends.
  ///
  /// This is the form of every group of features: `2 drop_writes error_reads`.
  /// - Parameters:
  ///   - field: The name of the count, for errors.
  ///   - maximum: The most words that the target has, or `nil` for any number.
  ///   - body: Reads one feature, its value included; called until the group is used up.
  public mutating func group(
    _ field: StaticString, maximum: Int? = nil,
    _ body: (inout FieldScanner) throws(ParseError) -> Void
  ) throws(ParseError) {
    let limit = maximum.map { 0...UInt32(clamping: $0) }
    let count: UInt32 = try number(field, in: limit)
    var part = try words(count, field)
    while !part.isAtEnd() { try body(&part) }
  }
}
