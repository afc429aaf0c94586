/// Operators, which trap on overflow, below zero and on a division by zero.
extension Quantity {
  /// The sum; traps on overflow.
  @inlinable public static func + (left: Self, right: Self) -> Self {
    Self(rawValue: left.rawValue + right.rawValue)
  }

  /// The difference; traps below zero.
  @inlinable public static func - (left: Self, right: Self) -> Self {
    Self(rawValue: left.rawValue - right.rawValue)
  }

  /// Adds `right`; traps on overflow.
  @inlinable public static func += (left: inout Self, right: Self) { left = left + right }

  /// Subtracts `right`; traps below zero.
  @inlinable public static func -= (left: inout Self, right: Self) { left = left - right }

  /// The `factor`-fold quantity; traps on overflow and when `factor` is negative.
  @inlinable public static func * (left: Self, factor: some BinaryInteger) -> Self {
    guard let product = left.multipliedChecked(by: factor) else {
      preconditionFailure("\(left) times \(factor)")
    }
    return product
  }

  /// The `factor`-fold quantity; traps on overflow and when `factor` is negative.
  @inlinable public static func * (factor: some BinaryInteger, right: Self) -> Self {
    right * factor
  }

  /// Multiplies by `factor`; traps on overflow and when `factor` is negative.
  @inlinable public static func *= (left: inout Self, factor: some BinaryInteger) {
    left = left * factor
  }

  /// One of `divisor` equal parts, rounded down; traps when `divisor` isn't positive.
  @inlinable public static func / (left: Self, divisor: some BinaryInteger) -> Self {
    guard let quotient = left.dividedChecked(by: divisor) else {
      preconditionFailure("division by \(divisor)")
    }
    return quotient
  }

  /// Divides by `divisor` and rounds down; traps when `divisor` isn't positive.
  @inlinable public static func /= (left: inout Self, divisor: some BinaryInteger) {
    left = left / divisor
  }

  /// How many times `right` fits into `left`: a plain number; traps when `right` is zero.
  @inlinable public static func / (left: Self, right: Self) -> RawValue {
    left.rawValue / right.rawValue
  }

  /// What is left over when `left` is cut into pieces of `right`; traps when `right` is zero.
  @inlinable public static func % (left: Self, right: Self) -> Self {
    Self(rawValue: left.rawValue % right.rawValue)
  }

  /// What is left over when `left` is cut into `divisor` equal parts; traps when `divisor` isn't
  /// positive.
  @inlinable public static func % (left: Self, divisor: some BinaryInteger) -> Self {
    precondition(divisor > 0, "division by \(divisor)")
    guard let divisor = RawValue(exactly: divisor) else { return left }
    return Self(rawValue: left.rawValue % divisor)
  }

  /// Leaves what is left over; traps when `right` is zero.
  @inlinable public static func %= (left: inout Self, right: Self) { left = left % right }
}
