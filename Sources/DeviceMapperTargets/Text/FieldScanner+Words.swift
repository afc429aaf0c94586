extension FieldScanner {
  /// Reads a word of an open set.
  public mutating func openWord(
    _ field: StaticString, expected: String = "a word"
  ) throws(ParseError) -> TargetWord {
    let word = try word(field, expected: expected, escaped: true)
    guard let value = TargetWord(bytes: word.bytes) else {
      throw unexpected(word, field, expected: expected)
    }
    return value
  }

  /// Reads a name of an open set.
  public mutating func name<Name: OpenName>(
    _ field: StaticString, as type: Name.Type = Name.self
  ) throws(ParseError) -> Name {
    Name(rawValue: try openWord(field, expected: "a name"))
  }

  /// Reads a number of words and those words.
  public mutating func openWords(_ field: StaticString) throws(ParseError) -> [TargetWord] {
    var words: [TargetWord] = []
    try group(field) { fields throws(ParseError) in words.append(try fields.openWord("argument")) }
    return words
  }

  /// The decimal number that a part of a word is.
  func number<Number: FixedWidthInteger & UnsignedInteger>(
    in word: borrowing Word, _ field: StaticString, from range: ClosedRange<Number>? = nil
  ) throws(ParseError) -> Number {
    if let value = word.bytes.decimal(as: Number.self), range?.contains(value) ?? true {
      return value
    }
    let range = range ?? Number.min...Number.max
    throw unexpected(
      word, field, expected: "a number from \(range.lowerBound) to \(range.upperBound)",
      reason: word.bytes.isDecimal ? .outOfRange : .malformed)
  }

  /// The device that a part of a word names.
  func device(
    in word: borrowing Word, _ field: StaticString
  ) throws(ParseError) -> DeviceReference {
    if let device = Device(bytes: word.bytes) { return .number(device) }
    guard let path = DevicePath(escaped: word.bytes) else {
      throw unexpected(word, field, expected: "MAJOR:MINOR or a path")
    }
    return .path(path)
  }

  /// Reads a decimal number with or without a sign.
  public mutating func signedNumber(_ field: StaticString) throws(ParseError) -> Int32 {
    let word = try word(field, expected: "a number")
    let sign = word.bytes[0]
    let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
    let digits = word.bytes.extracting(droppingFirst: isSigned ? 1 : 0)
    guard let magnitude = digits.decimal(as: UInt32.self),
      let value = Int32(exactly: sign == UInt8(ascii: "-") ? -Int64(magnitude) : Int64(magnitude))
    else {
      throw unexpected(
        word, field, expected: "a number from \(Int32.min) to \(Int32.max)",
        reason: digits.isDecimal ? .outOfRange : .malformed)
    }
    return value
  }
}

extension Word {
  /// What stands behind `prefix`, or `nil` when the word doesn't begin with that.
  @_lifetime(copy self)
  func dropping(_ prefix: StaticString) -> Word? {
    let count = prefix.utf8CodeUnitCount
    guard bytes.count >= count, bytes.extracting(first: count).isEqual(to: prefix) else {
      return nil
    }
    return Word(bytes.extracting(droppingFirst: count), offset: offset &+ count)
  }

  /// What stands before the first `separator`, or `nil` where there is none.
  @_lifetime(copy self)
  func head(before separator: UInt8) -> Word? {
    guard let index = bytes.firstIndex(of: separator) else { return nil }
    return Word(bytes.extracting(first: index), offset: offset)
  }

  /// What stands behind the first `separator`, or `nil` where there is none.
  @_lifetime(copy self)
  func tail(behind separator: UInt8) -> Word? {
    guard let index = bytes.firstIndex(of: separator) else { return nil }
    return Word(bytes.extracting(droppingFirst: index &+ 1), offset: offset &+ index &+ 1)
  }
}
