/// Arithmetic that returns `nil`, or the nearest value, where the operators trap.
extension Quantity {
  /// The sum, or `nil` on overflow.
  @inlinable public func addingChecked(_ other: Self) -> Self? {
    let (value, overflow) = rawValue.addingReportingOverflow(other.rawValue)
    return overflow ? nil : Self(rawValue: value)
  }

  /// The difference, or `nil` when `other` is the greater one.
  @inlinable public func subtractingChecked(_ other: Self) -> Self? {
    let (value, overflow) = rawValue.subtractingReportingOverflow(other.rawValue)
    return overflow ? nil : Self(rawValue: value)
  }

  /// The `factor`-fold quantity, or `nil` on overflow and when `factor` is negative.
  @inlinable public func multipliedChecked(by factor: some BinaryInteger) -> Self? {
    guard let factor = RawValue(exactly: factor) else {
      return factor > 0 && rawValue == 0 ? .zero : nil
    }
    let (value, overflow) = rawValue.multipliedReportingOverflow(by: factor)
    return overflow ? nil : Self(rawValue: value)
  }

  /// One of `divisor` equal parts, rounded down, or `nil` when `divisor` isn't positive.
  @inlinable public func dividedChecked(by divisor: some BinaryInteger) -> Self? {
    guard divisor > 0 else { return nil }
    guard let divisor = RawValue(exactly: divisor) else { return .zero }
    return Self(rawValue: rawValue / divisor)
  }

  /// The sum, or ``max`` on overflow.
  @inlinable public func addingWithSaturation(_ other: Self) -> Self {
    addingChecked(other) ?? .max
  }

  /// The difference, or ``zero`` when `other` is the greater one.
  @inlinable public func subtractingWithSaturation(_ other: Self) -> Self {
    subtractingChecked(other) ?? .zero
  }

  /// The `factor`-fold quantity, or ``max`` on overflow, or ``zero`` when `factor` is negative.
  @inlinable public func multipliedWithSaturation(by factor: some BinaryInteger) -> Self {
    guard factor > 0 else { return .zero }
    return multipliedChecked(by: factor) ?? .max
  }
}
