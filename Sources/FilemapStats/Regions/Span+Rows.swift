extension Span<UInt8> {
  /// The position of the first `byte`, or `nil`.
  func position(of byte: UInt8) -> Int? {
    for index in indices where self[index] == byte { return index }
    return nil
  }

  /// Whether the bytes are those of `other`.
  func isEqual(to other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
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

  /// The position behind the digits at `start`, or `nil` if there are none.
  private func endOfDigits(from start: Int) -> Int? {
    var end = start
    while end < count, self[end] &- UInt8(ascii: "0") < 10 { end &+= 1 }
    return end > start ? end : nil
  }

  /// Whether `byte` stands at a position, which may lie behind the end.
  private func has(_ byte: UInt8, at position: Int) -> Bool {
    position < count && self[position] == byte
  }

  /// The position of the line break at or behind `start`, or of the end.
  func endOfLine(from start: Int) -> Int {
    var end = start
    while end < count, self[end] != UInt8(ascii: "\n") { end &+= 1 }
    return end
  }

  /// Whether a row of a list of regions begins at `start`: `ID: START+LENGTH `.
  func beginsRow(at start: Int) -> Bool {
    guard let id = endOfDigits(from: start), has(UInt8(ascii: ":"), at: id),
      has(UInt8(ascii: " "), at: id + 1),
      let first = endOfDigits(from: id + 2), has(UInt8(ascii: "+"), at: first),
      let length = endOfDigits(from: first + 1)
    else { return false }
    return has(UInt8(ascii: " "), at: length)
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
