/// One word of a line, with the place where it stands.
public struct Word: ~Escapable {
  /// The bytes of the word; never empty.
  public let bytes: Span<UInt8>
  /// Where the word begins, in bytes from the start of the text.
  public let offset: Int

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  /// The word as a text of its own.
  public var text: TargetText { TargetText(bytes: bytes) }

  /// Whether the word is exactly `text`, case included.
  public static func == (word: borrowing Word, text: StaticString) -> Bool {
    word.bytes.isEqual(to: text)
  }

  /// Whether the word is `text`, whatever the case of its ASCII letters.
  public func isEqualIgnoringCase(_ text: StaticString) -> Bool {
    guard text.utf8CodeUnitCount == bytes.count else { return false }
    return text.withUTF8Buffer { other in
      for index in bytes.indices {
        let byte = bytes[index]
        let lower = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
        let (left, right) = unsafe (lower, other[index])
        if left != (right &- UInt8(ascii: "A") < 26 ? right | 0x20 : right) { return false }
      }
      return true
    }
  }

  /// Lets a `switch` over a word have literals as its cases.
  public static func ~= (text: StaticString, word: borrowing Word) -> Bool { word == text }
}

extension Span<UInt8> {
  /// Whether the bytes are exactly those of `text`.
  func isEqual(to text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard count == self.count, text.hasPointerRepresentation else { return false }
    // Both sides hold `count` bytes, so eight at a time stay inside while `index + 8 <= count`.
    return unsafe withUnsafeBytes { mine in
      let theirs = unsafe UnsafeRawPointer(text.utf8Start)
      var index = 0
      while index &+ 8 <= count {
        let left = unsafe mine.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let right = unsafe theirs.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        if left != right { return false }
        index &+= 8
      }
      while index < count {
        let (left, right) = unsafe (
          mine[index], theirs.load(fromByteOffset: index, as: UInt8.self)
        )
        if left != right { return false }
        index &+= 1
      }
      return true
    }
  }

  /// The number that the digits from `start` on make, unless there are none or too many, and where
  /// they end.
  func digits(from start: Int) -> (value: UInt64, end: Int) {
    var value: UInt64 = 0
    var end = start
    if count &- start >= 8 {
      // Up to eight digits at once, in which ten a digit become three for all. What is no digit has
      // a top bit in `others` (a carry only reaches the bytes behind the first of them).
      let word =
        (unsafe bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: start, as: UInt64.self)).littleEndian ^ 0x3030_3030_3030_3030
      let others = (word &+ 0x7676_7676_7676_7676 | word) & 0x8080_8080_8080_8080
      let length = others.trailingZeroBitCount / 8
      // The digits to the end of the word, zeroes before them; then pairs, fours, all.
      value = word &<< (64 &- 8 &* length)
      value = (value &* (10 << 8 | 1)) >> 8 & 0x00ff_00ff_00ff_00ff
      value = (value &* (100 << 16 | 1)) >> 16 & 0x0000_ffff_0000_ffff
      value = (value &* (10_000 << 32 | 1)) >> 32
      end &+= length
      if length < 8 { return (value, end) }
    }
    while end < count {
      let digit = unsafe UInt64(self[unchecked: end]) &- 0x30
      if digit > 9 { break }
      value = value &* 10 &+ digit
      end &+= 1
    }
    return (value, end)
  }

  /// The part of a range without the blanks at its ends.
  package func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, FieldScanner.isBlank(self[start]) { start &+= 1 }
    while start < end, FieldScanner.isBlank(self[end &- 1]) { end &-= 1 }
    return start..<end
  }

  /// The value of a decimal number without sign, or `nil` when it isn't one or doesn't fit.
  func decimal<Number: FixedWidthInteger & UnsignedInteger>(
    as type: Number.Type = Number.self
  ) -> Number? {
    guard !isEmpty else { return nil }
    var value: Number = 0
    for index in indices {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Number(truncatingIfNeeded: digit))
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }

  /// Whether every byte is a decimal digit and there is one at least.
  var isDecimal: Bool {
    for index in indices where self[index] &- UInt8(ascii: "0") >= 10 { return false }
    return !isEmpty
  }

  /// Where the word ends that begins at `start`: at the first blank from there on, or at the end.
  func wordEnd(from start: Int) -> Int {
    var end = start
    while count &- end >= 8 {
      // Eight bytes at once: a borrow reaches the top bit of one below 33, and of none before it.
      let word =
        (unsafe bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: end, as: UInt64.self)).littleEndian
      let found = (word &- 0x2121_2121_2121_2121) & ~word & 0x8080_8080_8080_8080
      end &+= found.trailingZeroBitCount / 8
      if found != 0 {
        if unsafe FieldScanner.isBlank(self[unchecked: end]) { return end }
        // Some other control character.
        end &+= 1
      }
    }
    while end < count, unsafe !FieldScanner.isBlank(self[unchecked: end]) { end &+= 1 }
    return end
  }

  /// Where the word ends that begins at `start` and in which a backslash quotes the byte behind it.
  func escapedWordEnd(from start: Int) -> Int {
    var end = start
    while end < count, !FieldScanner.isBlank(self[end]) {
      if self[end] == UInt8(ascii: "\\"), end &+ 1 < count { end &+= 1 }
      end &+= 1
    }
    return end
  }

  /// The position of the first `byte` from `start` on, or `nil`.
  @usableFromInline
  func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
    var index = start
    while count &- index >= 8 {
      // Eight bytes at once: a borrow reaches the top bit of one that is the byte, and of none
      // before it.
      let difference =
        (unsafe bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: index, as: UInt64.self)).littleEndian ^ pattern
      let found = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
      if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < count {
      if unsafe self[unchecked: index] == byte { return index }
      index &+= 1
    }
    return nil
  }
}
