/// Reads the fields of a line from left to right, over the bytes and without allocating.
///
/// Blanks, of which the kernel is fond at the end of a line, separate fields and are otherwise
/// ignored. This is the one place with index arithmetic; every parser is a sequence of calls.
public struct FieldScanner: ~Escapable {
  private let text: Span<UInt8>
  let base: Int
  /// Where the next word begins, or the end of the text: reading a word passes over the blanks behind
  /// it, so that nothing else has to look for them.
  private(set) var position = 0

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
    moveToWord(from: 0)
  }

  /// Whether the kernel takes `byte` as a separator of words, as C's `isspace` does.
  static func isBlank(_ byte: UInt8) -> Bool {
    // One comparison for the bytes of words, two for a blank.
    byte <= UInt8(ascii: " ") && (byte == UInt8(ascii: " ") || byte &- 9 < 5)
  }

  /// Where the next word begins, or the end, in bytes from the start of the whole text.
  public var offset: Int { base &+ position }

  /// Whether nothing but blanks is left.
  public mutating func isAtEnd() -> Bool { position == text.count }

  // Below, a position never passes `text.count`, so the unchecked reads stay inside.

  private mutating func moveToWord(from start: Int) {
    var next = start
    while next < text.count, unsafe Self.isBlank(text[unchecked: next]) { next &+= 1 }
    position = next
  }

  /// Moves on to the next word if one can end at `end`, and tells whether it can.
  @inline(__always)
  private mutating func endWord(at end: Int) -> Bool {
    let next = end &+ 1
    // One blank and a word behind it, nearly always.
    if next < text.count, unsafe text[unchecked: end] == UInt8(ascii: " "),
      unsafe text[unchecked: next] > UInt8(ascii: " ")
    {
      position = next
      return true
    }
    return endWordAnyhow(at: end)
  }

  @inline(never)
  private mutating func endWordAnyhow(at end: Int) -> Bool {
    var next = end
    while next < text.count {
      if unsafe !Self.isBlank(text[unchecked: next]) {
        if next == end { return false }
        break
      }
      next &+= 1
    }
    position = next
    return true
  }

  /// Reads the next word, or returns `nil` at the end.
  ///
  /// - Parameter escaped: Whether a backslash joins the byte behind it to the word, blanks
  ///   included, as it does in a table on its way to the kernel.
  @_lifetime(copy self)
  public mutating func nextWord(escaped: Bool = false) -> Word? {
    let start = position
    let end = escaped ? text.escapedWordEnd(from: start) : text.wordEnd(from: start)
    guard end > start, endWord(at: end) else { return nil }
    return Word(unsafe text.extracting(unchecked: start..<end), offset: base &+ start)
  }

  /// Reads the next word if it is `word`, and tells whether it was.
  @inline(__always)
  public mutating func skip(_ word: StaticString) -> Bool {
    // Words differ in their first bytes or in their lengths: that is all that most calls look at.
    let count = word.utf8CodeUnitCount
    let end = position &+ count
    guard count > 0, end <= text.count, word.hasPointerRepresentation,
      unsafe text[unchecked: position] == word.utf8Start[0],
      unsafe end == text.count || text[unchecked: end] <= UInt8(ascii: " ")
    else { return false }
    return count == 1 ? endWord(at: end) : skipAll(word)
  }

  /// Reads the next word if it is `word`, which is not longer than what is left.
  @inline(never)
  private mutating func skipAll(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    // Both sides have `count` bytes: as many at a time as that allows, the last ones once more where
    // they overlap.
    let (mine, theirs) = unsafe (text.bytes, UnsafeRawPointer(word.utf8Start))
    let start = position
    @inline(__always)
    func isEqual<Number: FixedWidthInteger & BitwiseCopyable>(
      _ type: Number.Type, at offset: Int
    ) -> Bool {
      unsafe mine.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ offset, as: type)
        == theirs.loadUnaligned(fromByteOffset: offset, as: type)
    }
    if count >= 8 {
      var offset = 0
      while offset &+ 8 < count {
        guard isEqual(UInt64.self, at: offset) else { return false }
        offset &+= 8
      }
      guard isEqual(UInt64.self, at: count &- 8) else { return false }
    } else if count >= 4 {
      guard isEqual(UInt32.self, at: 0), isEqual(UInt32.self, at: count &- 4) else { return false }
    } else if count >= 2 {
      guard isEqual(UInt16.self, at: 0), isEqual(UInt16.self, at: count &- 2) else { return false }
    } else if count == 1 {
      guard isEqual(UInt8.self, at: 0) else { return false }
    }
    return endWord(at: start &+ count)
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
    var end = text.count
    while end > position, Self.isBlank(text[end &- 1]) { end &-= 1 }
    let rest = TargetText(bytes: text.extracting(position..<end))
    position = text.count
    return rest
  }

  /// A scanner over what is left, for the grammar of `target`.
  @_lifetime(copy self)
  @usableFromInline
  func rest(as target: TargetType) -> FieldScanner {
    FieldScanner(
      word: unsafe text.extracting(unchecked: position..<text.count), target: target, base: offset)
  }

  /// Creates a scanner at the start of `text`, where a word begins or the text ends.
  @_lifetime(copy text)
  private init(word text: Span<UInt8>, target: TargetType?, base: Int) {
    self.text = text
    self.target = target
    self.base = base
  }

  /// A scanner over the next `count` words, which are read by that.
  @_lifetime(copy self)
  mutating func words(_ count: UInt32, _ field: StaticString) throws(ParseError) -> FieldScanner {
    let start = position
    var end = start
    for _ in 0..<count {
      let word = position
      end = text.escapedWordEnd(from: word)
      guard end > word, endWord(at: end) else { throw missing(field, expected: "\(count) words") }
    }
    return FieldScanner(
      word: unsafe text.extracting(unchecked: start..<end), target: target, base: base &+ start)
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
  /// Reads a word that is the type of a target and doesn't end the text; `nil`, and nothing is read,
  /// for another one.
  mutating func shortTargetType() -> TargetType? {
    guard text.count &- position > 16 else { return nil }
    let words = unsafe (
      text.eightBytes(uncheckedAt: position).littleEndian,
      text.eightBytes(uncheckedAt: position &+ 8).littleEndian
    )
    guard let type = TargetType(beforeBlank: words), endWord(at: position &+ type.storage.count)
    else { return nil }
    return type
  }
}

/// Numbers as a kernel prints them; what isn't read here, a slower way reads or refuses.
extension FieldScanner {
  /// Reads a word that is a number of at most nineteen digits inside of a range; `nil`, and nothing
  /// is read, for another one.
  @usableFromInline
  mutating func shortNumber(from minimum: UInt64, through maximum: UInt64) -> UInt64? {
    // Nearly always: a few digits, a blank and the next word.
    guard text.count &- position > 8 else {
      return numberAnyhow(from: minimum, through: maximum)
    }
    let word = unsafe text.eightBytes(uncheckedAt: position)
    let (value, length) = Span<UInt8>.digits(in: word)
    let next = position &+ length &+ 1
    guard length > 0, Self.ends(word, behind: length, UInt8(ascii: " ")),
      unsafe text[unchecked: next] > UInt8(ascii: " "), value >= minimum, value <= maximum
    else { return numberAnyhow(from: minimum, through: maximum) }
    position = next
    return value
  }

  @inline(never)
  private mutating func numberAnyhow(from minimum: UInt64, through maximum: UInt64) -> UInt64? {
    let (value, end) = text.digits(from: position)
    guard Self.isNumber(position, end), value >= minimum, value <= maximum, endWord(at: end) else {
      return nil
    }
    return value
  }

  /// Reads a word that is two such numbers with `separator` between.
  @usableFromInline
  mutating func shortPair(_ separator: UInt8, through maximum: UInt64) -> (UInt64, UInt64)? {
    guard text.count &- position > 8 else { return pairAnyhow(separator, through: maximum) }
    let firstWord = unsafe text.eightBytes(uncheckedAt: position)
    let (first, firstLength) = Span<UInt8>.digits(in: firstWord)
    let middle = position &+ firstLength &+ 1
    guard firstLength > 0, Self.ends(firstWord, behind: firstLength, separator),
      text.count &- middle > 8
    else { return pairAnyhow(separator, through: maximum) }
    let secondWord = unsafe text.eightBytes(uncheckedAt: middle)
    let (second, secondLength) = Span<UInt8>.digits(in: secondWord)
    let next = middle &+ secondLength &+ 1
    guard secondLength > 0, Self.ends(secondWord, behind: secondLength, UInt8(ascii: " ")),
      unsafe text[unchecked: next] > UInt8(ascii: " "), first <= maximum, second <= maximum
    else { return pairAnyhow(separator, through: maximum) }
    position = next
    return (first, second)
  }

  @inline(never)
  private mutating func pairAnyhow(
    _ separator: UInt8, through maximum: UInt64
  ) -> (UInt64, UInt64)? {
    let (first, middle) = text.digits(from: position)
    guard Self.isNumber(position, middle), first <= maximum, middle < text.count,
      unsafe text[unchecked: middle] == separator
    else { return nil }
    let (second, end) = text.digits(from: middle &+ 1)
    guard Self.isNumber(middle &+ 1, end), second <= maximum, endWord(at: end) else { return nil }
    return (first, second)
  }

  /// Whether `byte` is the one behind the first `length` of eight bytes, at most seven.
  @inline(__always)
  private static func ends(_ word: UInt64, behind length: Int, _ byte: UInt8) -> Bool {
    UInt8(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: 8 &* length)) == byte
  }

  /// Whether there are digits, and not more than always fit.
  private static func isNumber(_ start: Int, _ end: Int) -> Bool {
    UInt(bitPattern: end &- start &- 1) < 19
  }
}
