extension Span<UInt8> {
  /// The position of the first `byte`, or `nil`.
  func position(of byte: UInt8) -> Int? {
    for index in indices where self[index] == byte { return index }
    return nil
  }

  /// Whether the bytes are those of `other`.
  func isEqual(to other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    // Eight at a time, the last ones once more where they overlap.
    if count >= 8 {
      let last = count &- 8
      while index < last {
        if unsafe word(at: index) != other.word(at: index) { return false }
        index &+= 8
      }
      return unsafe word(at: last) == other.word(at: last)
    }
    while index < count {
      if unsafe self[unchecked: index] != other[unchecked: index] { return false }
      index &+= 1
    }
    return true
  }

  /// The eight bytes from `index` on, which the caller knows to be there.
  @unsafe private func word(at index: Int) -> UInt64 {
    unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
  }

  /// Whether the bytes are those of `text`.
  func isEqual(to text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { other in
      for index in indices where unsafe self[index] != other[index] { return false }
      return true
    }
  }

  /// The value of a decimal number without sign, or `nil` when it isn't one or doesn't fit.
  var decimalValue: UInt64? {
    guard !isEmpty else { return nil }
    var value: UInt64 = 0
    for index in indices {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      // Nineteen digits fit whatever they are.
      if index < 19 {
        value = value &* 10 &+ UInt64(digit)
      } else {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
        if overflow || carry { return nil }
        value = sum
      }
    }
    return value
  }

  /// The position of the line break at or behind `start`, or of the end.
  func endOfLine(from start: Int) -> Int {
    var end = start
    while end < count, unsafe self[unchecked: end] != UInt8(ascii: "\n") { end &+= 1 }
    return end
  }

  /// Where the last word begins if it begins with `prefix` and isn't the only one.
  func lastWord(beginningWith prefix: StaticString) -> Int? {
    var start = count
    while start > 0, self[start - 1] != UInt8(ascii: " ") { start &-= 1 }
    let length = prefix.utf8CodeUnitCount
    guard start > 0, count - start >= length,
      extracting(start..<start + length).isEqual(to: prefix)
    else { return nil }
    return start
  }
}
