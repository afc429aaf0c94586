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
  @inlinable
  // Inlinable, and the rest for one type: generic code is large here and dear in other modules.
  public mutating func number<Number: FixedWidthInteger & UnsignedInteger>(
    _ field: StaticString, in range: ClosedRange<Number>? = nil
  ) throws(ParseError) -> Number {
    let bounds = range ?? 0...Number.max
    let minimum = UInt64(clamping: bounds.lowerBound)
    let maximum = UInt64(clamping: bounds.upperBound)
    if let value = shortNumber(from: minimum, through: maximum) {
      return Number(truncatingIfNeeded: value)
    }
    return Number(
      truncatingIfNeeded: try longNumber(field, from: minimum, through: maximum))
  }

  /// Reads a number that isn't a short one, or says what is wrong with it.
  @inline(never) @usableFromInline
  mutating func longNumber(
    _ field: StaticString, from minimum: UInt64, through maximum: UInt64
  ) throws(ParseError) -> UInt64 {
    guard let word = nextWord() else { throw missing(field, expected: "a number") }
    if let value: UInt64 = word.bytes.decimal(), value >= minimum, value <= maximum {
      return value
    }
    let isNumber = word.bytes.isDecimal
    throw unexpected(
      word, field, expected: isNumber ? "a number from \(minimum) to \(maximum)" : "a number",
      reason: isNumber ? .outOfRange : .malformed)
  }

  /// Reads a size, a decimal number of its unit.
  @inlinable
  public mutating func quantity<Size: Quantity>(
    _ field: StaticString, in range: ClosedRange<Size>? = nil
  ) throws(ParseError) -> Size {
    let bounds = range.map { $0.lowerBound.rawValue...$0.upperBound.rawValue }
    let value: Size.RawValue = try number(field, in: bounds)
    return Size(rawValue: value)
  }

  /// Reads `used/total`.
  @inlinable
  public mutating func usage<Size: Quantity>(
    _ field: StaticString
  ) throws(ParseError) -> Usage<Size> {
    let maximum = UInt64(clamping: Size.RawValue.max)
    let (used, total): (UInt64, UInt64)
    if let pair = shortPair(UInt8(ascii: "/"), through: maximum) {
      (used, total) = pair
    } else {
      (used, total) = try longPair(field, through: maximum)
    }
    return Usage(
      used: Size(rawValue: Size.RawValue(truncatingIfNeeded: used)),
      total: Size(rawValue: Size.RawValue(truncatingIfNeeded: total)))
  }

  /// Reads a pair that isn't a short one, or says what is wrong with it.
  @inline(never) @usableFromInline
  mutating func longPair(
    _ field: StaticString, through maximum: UInt64
  ) throws(ParseError) -> (UInt64, UInt64) {
    guard let word = nextWord() else { throw missing(field, expected: "used/total") }
    guard let slash = word.bytes.firstIndex(of: UInt8(ascii: "/")),
      let used: UInt64 = word.bytes.extracting(first: slash).decimal(), used <= maximum,
      let total: UInt64 = word.bytes.extracting(droppingFirst: slash &+ 1).decimal(),
      total <= maximum
    else { throw unexpected(word, field, expected: "used/total") }
    return (used, total)
  }

  /// Reads a word of a closed set.
  ///
  /// - Parameters:
  ///   - field: The field's name, for errors.
  ///   - type: The words that may stand there.
  ///   - ignoringCase: Whether the kernel compares this word without regard to case.
  @inlinable @inline(__always)
  // Inlined with the few comparisons that it takes; a call costs as much again.
  public mutating func keyword<Set: Keyword>(
    _ field: StaticString, as type: Set.Type = Set.self, ignoringCase: Bool = false
  ) throws(ParseError) -> Set {
    // Without looking for the end of the word that is there: most differ in their first bytes.
    for value in Set.allCases where skip(value.keyword) { return value }
    return try otherKeyword(field, ignoringCase: ignoringCase)
  }

  /// Reads the next word if it is one of a closed set, letter for letter.
  @inline(__always)
  mutating func skipKeyword<Set: Keyword>(as type: Set.Type = Set.self) -> Set? {
    for value in Set.allCases where skip(value.keyword) { return value }
    return nil
  }

  @inline(never) @usableFromInline
  mutating func otherKeyword<Set: Keyword>(
    _ field: StaticString, ignoringCase: Bool
  ) throws(ParseError) -> Set {
    guard let word = nextWord() else { throw missing(field, expected: Set.listing) }
    if ignoringCase {
      for value in Set.allCases where word.isEqualIgnoringCase(value.keyword) { return value }
    }
    throw unexpected(word, field, expected: Set.listing, reason: .unknownWord)
  }

  /// Reads `word` as true or `-` as false.
  @inlinable @inline(__always)
  public mutating func flag(
    _ field: StaticString, _ word: StaticString
  ) throws(ParseError) -> Bool {
    if skip("-") { return false }
    if skip(word) { return true }
    throw notFlag(field, word)
  }

  @inline(never) @usableFromInline
  mutating func notFlag(_ field: StaticString, _ word: StaticString) -> ParseError {
    guard let found = nextWord() else { return missing(field, expected: "\(word) or -") }
    return unexpected(found, field, expected: "\(word) or -", reason: .unknownWord)
  }

  /// Reads a device number, `MAJOR:MINOR`.
  public mutating func deviceNumber(_ field: StaticString) throws(ParseError) -> Device {
    if let device = shortDevice() { return device }
    guard let word = nextWord() else { throw missing(field, expected: "MAJOR:MINOR") }
    guard let device = Device(bytes: word.bytes) else {
      throw unexpected(word, field, expected: "MAJOR:MINOR")
    }
    return device
  }

  /// Reads a device number as a kernel prints it, or nothing.
  private mutating func shortDevice() -> Device? {
    guard let pair = shortPair(UInt8(ascii: ":"), through: UInt64(UInt32.max)) else { return nil }
    return Device(
      major: UInt32(truncatingIfNeeded: pair.0), minor: UInt32(truncatingIfNeeded: pair.1))
  }

  /// Reads a device number or the path of a device node.
  public mutating func device(_ field: StaticString) throws(ParseError) -> DeviceReference {
    if let device = shortDevice() { return .number(device) }
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
    if count == 0 { return }
    var part = try words(count, field)
    while !part.isAtEnd() { try body(&part) }
  }
}
