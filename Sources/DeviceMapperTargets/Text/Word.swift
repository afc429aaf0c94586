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
  @inline(__always)
  func digits(from start: Int) -> (value: UInt64, end: Int) {
    var value: UInt64 = 0
    var end = start
    let left = count &- start
    if left >= 8 {
      let bytes = unsafe eightBytes(uncheckedAt: start) ^ Self.zeroDigits
      if Self.others(bytes) == 0 {
        value = Self.number(digits: bytes)
        end &+= 8
      }
    } else if left > 0, count >= 8 {
      // The last eight bytes without those in front, zeroes behind them.
      let word = unsafe eightBytes(uncheckedAt: count &- 8)
      let digits = Self.digits(in: word &>> UInt64(truncatingIfNeeded: 64 &- 8 &* left))
      return digits.length > 0 ? (digits.value, start &+ digits.length) : (0, start)
    }
    while end < count {
      let digit = unsafe UInt64(self[unchecked: end]) &- 0x30
      if digit > 9 { break }
      value = value &* 10 &+ digit
      end &+= 1
    }
    return (value, end)
  }

  /// The number that the digits at the beginning of eight bytes make, and how many there are.
  ///
  /// At most seven, an eighth one is left out; the number is meaningless where there are none.
  @inline(__always)
  static func digits(in word: UInt64) -> (value: UInt64, length: Int) {
    let bytes = word ^ zeroDigits
    let bits = (others(bytes) | 1 << 63).trailingZeroBitCount
    // The digits to the end of the word, zeroes before them.
    return (number(digits: bytes &<< UInt64(truncatingIfNeeded: 71 &- bits)), bits &>> 3)
  }

  /// Eight times the digit zero; what differs from it by 0 to 9 is a digit.
  private static var zeroDigits: UInt64 { 0x3030_3030_3030_3030 }

  /// The top bits of the bytes that are more than 9, and perhaps of others behind the first of them,
  /// to which a carry reaches.
  @inline(__always)
  private static func others(_ bytes: UInt64) -> UInt64 {
    (bytes &+ 0x7676_7676_7676_7676 | bytes) & 0x8080_8080_8080_8080
  }

  /// The number that eight digits make, the first one lowest: ten for each become three for all, as
  /// pairs, fours and eight.
  @inline(__always)
  private static func number(digits: UInt64) -> UInt64 {
    let pairs = (digits &* (10 << 8 | 1)) >> 8 & 0x00ff_00ff_00ff_00ff
    let fours = (pairs &* (100 << 16 | 1)) >> 16 & 0x0000_ffff_0000_ffff
    return (fours &* (10_000 << 32 | 1)) >> 32
  }

  /// The bytes from `offset` on, the first one lowest.
  @inline(__always) @unsafe
  func eightBytes(uncheckedAt offset: Int) -> UInt64 {
    (unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
      .littleEndian
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
      let found = unsafe Self.blanksOrControls(eightBytes(uncheckedAt: end))
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
    while end < count {
      if count &- end >= 8 {
        let word = unsafe eightBytes(uncheckedAt: end)
        let found = Self.blanksOrControls(word) | Self.zeroes(word ^ 0x5c5c_5c5c_5c5c_5c5c)
        end &+= found.trailingZeroBitCount / 8
        if found == 0 { continue }
      }
      let byte = unsafe self[unchecked: end]
      if FieldScanner.isBlank(byte) { return end }
      end &+= byte == UInt8(ascii: "\\") && end &+ 1 < count ? 2 : 1
    }
    return end
  }

  /// The top bits of the bytes up to the blank, and perhaps of others behind the first of them, to
  /// which a borrow reaches.
  @inline(__always)
  private static func blanksOrControls(_ word: UInt64) -> UInt64 {
    (word &- 0x2121_2121_2121_2121) & ~word & 0x8080_8080_8080_8080
  }

  /// The top bits of the bytes that are zero, and perhaps of others behind the first of them, to
  /// which a borrow reaches.
  @inline(__always)
  private static func zeroes(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// How many bytes are `byte`.
  @usableFromInline
  func count(of byte: UInt8) -> Int {
    var total = 0
    var start = 0
    while let index = firstIndex(of: byte, from: start) {
      total &+= 1
      start = index &+ 1
    }
    return total
  }

  /// The position of the first `byte` from `start` on, or `nil`.
  @usableFromInline
  func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
    var index = start
    while count &- index >= 8 {
      let found = unsafe Self.zeroes(eightBytes(uncheckedAt: index) ^ pattern)
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
