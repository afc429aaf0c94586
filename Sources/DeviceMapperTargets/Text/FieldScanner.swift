/// Reads the fields of a line from left to right, over the bytes and without allocating.
///
/// Blanks, of which the kernel is fond at the end of a line, separate fields and are otherwise
/// ignored. This is the one place with index arithmetic; every parser is a sequence of calls.
public struct FieldScanner: ~Escapable {
  private let text: Span<UInt8>
  private let base: Int
  var position = 0

  /// The target whose grammar is applied, for errors.
  public let target: TargetType?

  /// Creates a scanner at the start of `text`.
  ///
  /// - Parameters:
  ///   - text: The bytes to read.
  ///   - target: The target whose grammar is applied, for errors.
  ///   - base: Where `text` begins in the whole of which errors give offsets.
  @_lifetime(copy text)
  public init(_ text: Span<UInt8>, target: TargetType? = nil, base: Int = 0) {
    self.text = text
    self.target = target
    self.base = base
  }

  /// Whether the kernel takes `byte` as a separator of words, as C's `isspace` does.
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte &- 9 < 5
  }

  /// Where the next byte to be read stands, from the start of the whole text.
  public var offset: Int { base &+ position }

  private mutating func skipBlanks() {
    // `position` never passes `count`, so the unchecked reads stay inside.
    while position < text.count, unsafe Self.isBlank(text[unchecked: position]) {
      position &+= 1
    }
  }

  /// Whether the bytes read so far end a word.
  var isAtWordEnd: Bool {
    guard position < text.count else { return true }
    return unsafe Self.isBlank(text[unchecked: position])
  }

  /// Reads digits that are a number for sure, at most nineteen; `nil` where there are none or more.
  ///
  /// The way of all numbers that a kernel prints; what it can't read, a slower way reads or refuses.
  mutating func shortNumber() -> UInt64? {
    skipBlanks()
    return shortDigits()
  }

  mutating func shortDigits() -> UInt64? {
    let start = position
    var value: UInt64 = 0
    while position < text.count {
      let digit = unsafe text[unchecked: position] &- UInt8(ascii: "0")
      if digit > 9 { break }
      // Nineteen nines fit; what wraps has more digits and is refused below.
      value = value &* 10 &+ UInt64(truncatingIfNeeded: digit)
      position &+= 1
    }
    let count = position &- start
    return count > 0 && count < 20 ? value : nil
  }

  /// Reads the next byte if it is `byte`, and tells whether it was.
  mutating func skipByte(_ byte: UInt8) -> Bool {
    guard position < text.count, unsafe text[unchecked: position] == byte else { return false }
    position &+= 1
    return true
  }

  /// Whether nothing but blanks is left.
  public mutating func isAtEnd() -> Bool {
    skipBlanks()
    return position == text.count
  }

  /// Reads the next word, or returns `nil` at the end.
  ///
  /// - Parameter escaped: Whether a backslash joins the byte behind it to the word, blanks
  ///   included, as it does in a table on its way to the kernel.
  @_lifetime(copy self)
  public mutating func nextWord(escaped: Bool = false) -> Word? {
    skipBlanks()
    let start = position
    while position < text.count {
      let byte = unsafe text[unchecked: position]
      if Self.isBlank(byte) { break }
      if escaped, byte == UInt8(ascii: "\\"), position &+ 1 < text.count { position &+= 1 }
      position &+= 1
    }
    guard position > start else { return nil }
    return Word(unsafe text.extracting(unchecked: start..<position), offset: base &+ start)
  }

  /// Reads the next word if it is `text`, and tells whether it was.
  public mutating func skip(_ text: StaticString) -> Bool {
    skipBlanks()
    let count = text.utf8CodeUnitCount
    guard self.text.count &- position >= count,
      unsafe self.text.extracting(unchecked: position..<position &+ count).isEqual(to: text)
    else { return false }
    position &+= count
    if isAtWordEnd { return true }
    position &-= count
    return false
  }

  /// The next word, which stays unread; `nil` at the end.
  @_lifetime(copy self)
  public mutating func peek() -> Word? {
    let start = position
    let word = nextWord()
    position = start
    return word
  }

  /// Everything that is left, without blanks at its ends; the scanner is at the end afterwards.
  public mutating func remainder() -> TargetText {
    skipBlanks()
    var end = text.count
    while end > position, Self.isBlank(text[end &- 1]) { end &-= 1 }
    let rest = TargetText(bytes: text.extracting(position..<end))
    position = text.count
    return rest
  }

  /// A scanner over what is left, for the grammar of `target`.
  @_lifetime(copy self)
  func rest(as target: TargetType) -> FieldScanner {
    FieldScanner(text.extracting(droppingFirst: position), target: target, base: offset)
  }

  /// A scanner over the next `count` words, which are read by that.
  @_lifetime(copy self)
  mutating func words(_ count: UInt32, _ field: StaticString) throws(ParseError) -> FieldScanner {
    skipBlanks()
    let start = position
    for _ in 0..<count where nextWord(escaped: true) == nil {
      throw missing(field, expected: "\(count) words")
    }
    return FieldScanner(text.extracting(start..<position), target: target, base: base &+ start)
  }

  /// How many words are left, at most `limit`; nothing is read.
  public mutating func wordsLeft(upTo limit: Int) -> Int {
    let start = position
    var count = 0
    while count < limit, nextWord() != nil { count += 1 }
    position = start
    return count
  }
}

extension FieldScanner {
  /// The error for a field that ended before it began.
  public func missing(_ field: StaticString, expected: String) -> ParseError {
    ParseError(.missing, target: target, field: "\(field)", offset: offset, expected: expected)
  }

  /// The error for a word that isn't what the grammar has there.
  public func unexpected(
    _ word: borrowing Word, _ field: StaticString, expected: String,
    reason: ParseError.Reason = .malformed
  ) -> ParseError {
    ParseError(
      reason, target: target, field: "\(field)", offset: word.offset, expected: expected,
      found: word.text)
  }

  /// The error for fields that are each well-formed and break a rule of the target together.
  public func rejected(_ error: ParameterError) -> ParseError {
    // Without what was found: the fields may hold a key.
    ParseError(
      .forbidden, target: target, field: error.field, offset: base, expected: error.rule)
  }

  /// Makes sure that nothing but blanks is left.
  public mutating func end() throws(ParseError) {
    guard let word = nextWord() else { return }
    throw unexpected(
      word, "end of line", expected: "no further field", reason: .unexpected)
  }
}
