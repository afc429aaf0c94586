extension SizedQuantity {
  /// Reads a size: a decimal number, blanks or none, and a unit.
  ///
  /// The units are `B`, `byte`, `bytes`; `s`, `sector`, `sectors` of 512 bytes; `meta block`, `meta
  /// blocks` of 4 KiB; and `KiB`, `MiB`, `GiB`, `TiB`, `PiB`, `EiB`. Without a unit a number is
  /// refused, and so are `K`, `kB` and the like, which mean 1000 to some and 1024 to others. What
  /// `description` prints is read again. A fraction (`1.5 GiB`) has as many digits as it likes,
  /// of which those after the 38th must be zero to count as exact.
  ///
  /// - Parameters:
  ///   - text: The size.
  ///   - rounding: What to do when it isn't a whole number of these units. The default refuses it.
  /// - Throws: `QuantityError` with the reason and the byte offset of what is wrong.
  public init(
    _ text: String, rounding: QuantityRounding = .exact
  ) throws(QuantityError) {
    let utf8 = text.utf8
    try self.init(bytes: utf8.span, rounding: rounding)
  }

  package init(
    bytes text: Span<UInt8>, rounding: QuantityRounding = .exact
  ) throws(QuantityError) {
    let number = try DecimalNumber(startOf: text)
    var unitStart = number.byteCount
    while unitStart < text.count, text[unitStart] == UInt8(ascii: " ") { unitStart += 1 }
    guard unitStart < text.count else {
      throw QuantityError(.missingUnit, byteOffset: unitStart)
    }
    guard let unit = SizeUnit(text.extracting(unitStart...)) else {
      throw QuantityError(.unknownUnit, byteOffset: unitStart)
    }
    guard let (size, isExact) = number.multiplied(by: unit.size.rawValue) else {
      throw QuantityError(.tooGreat, byteOffset: 0)
    }
    let (whole, rest) = size.quotientAndRemainder(dividingBy: Self.unitSize.rawValue)
    let needsRounding = !isExact || rest != 0
    if needsRounding, rounding == .exact { throw QuantityError(.notWhole, byteOffset: 0) }
    let (count, overflow) = whole.addingReportingOverflow(needsRounding && rounding == .up ? 1 : 0)
    guard !overflow, let quantity = Self(exactly: count) else {
      throw QuantityError(.tooGreat, byteOffset: 0)
    }
    self = quantity
  }
}

/// Digits with or without a point and more digits.
private struct DecimalNumber {
  /// The number before the point.
  var whole: UInt128 = 0
  /// The digits after the point, as a number, zeros at their end left out.
  var fraction: UInt128 = 0
  /// Ten to the power of the number of digits in `fraction`.
  var fractionScale: UInt128 = 1
  /// Whether digits after the 38th after the point are lost.
  var isTruncated = false
  /// How much of the text the number takes.
  var byteCount = 0

  init(startOf text: Span<UInt8>) throws(QuantityError) {
    while let digit = digit(of: text) {
      let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt128(digit))
      guard !overflow, !carry else { throw QuantityError(.tooGreat, byteOffset: 0) }
      whole = sum
      byteCount += 1
    }
    guard byteCount > 0 else { throw QuantityError(.missingNumber, byteOffset: 0) }
    guard byteCount < text.count, text[byteCount] == UInt8(ascii: ".") else { return }
    byteCount += 1
    let start = byteCount
    // Zeros wait until a digit that isn't zero follows, so that those at the end never count.
    var zeros = 0
    while let digit = digit(of: text) {
      byteCount += 1
      guard digit != 0 else {
        zeros += 1
        continue
      }
      if byteCount - start > 38 {
        isTruncated = true
        continue
      }
      for _ in 0..<zeros + 1 {
        fraction *= 10
        fractionScale *= 10
      }
      fraction += UInt128(digit)
      zeros = 0
    }
    guard byteCount > start else { throw QuantityError(.missingNumber, byteOffset: start) }
  }

  private func digit(of text: Span<UInt8>) -> UInt8? {
    guard byteCount < text.count else { return nil }
    let digit = text[byteCount] &- UInt8(ascii: "0")
    return digit <= 9 ? digit : nil
  }

  /// The product, rounded down, and whether it is exact; `nil` on overflow.
  func multiplied(by factor: UInt128) -> (UInt128, isExact: Bool)? {
    let (product, overflow) = whole.multipliedReportingOverflow(by: factor)
    // The fraction is less than its scale: the quotient is less than the factor and always fits.
    let part = fractionScale.dividingFullWidth(fraction.multipliedFullWidth(by: factor))
    let (sum, carry) = product.addingReportingOverflow(part.quotient)
    guard !overflow, !carry else { return nil }
    return (sum, part.remainder == 0 && !isTruncated)
  }
}

/// A word for the unit of a size.
private struct SizeUnit {
  let size: Bytes

  init?(_ word: Span<UInt8>) {
    if word.count == 3, word.extracting(1...).isEqual(to: "iB") {
      for prefix in BinaryPrefix.allCases where prefix.rawValue.utf8.first == word[0] {
        size = Bytes(prefix.factor)
        return
      }
      return nil
    }
    if word.isEqual(to: "B") || word.isEqual(to: "byte") || word.isEqual(to: "bytes") {
      size = Bytes.unitSize
    } else if word.isEqual(to: "s") || word.isEqual(to: "sector") || word.isEqual(to: "sectors") {
      size = Sectors.unitSize
    } else if word.isEqual(to: "meta block") || word.isEqual(to: "meta blocks") {
      size = MetaBlocks.unitSize
    } else {
      return nil
    }
  }
}
