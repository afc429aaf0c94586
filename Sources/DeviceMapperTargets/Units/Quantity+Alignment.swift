/// Alignment.
extension Quantity {
  /// Whether this is a multiple of `other`; of zero only zero is.
  @inlinable public func isMultiple(of other: Self) -> Bool {
    rawValue.isMultiple(of: other.rawValue)
  }

  /// The greatest multiple of `alignment` that isn't greater.
  ///
  /// - Precondition: `alignment` is not zero.
  @inlinable public func roundedDown(toMultipleOf alignment: Self) -> Self {
    self - self % alignment
  }

  /// The smallest multiple of `alignment` that isn't smaller, or `nil` on overflow.
  ///
  /// - Precondition: `alignment` is not zero.
  @inlinable public func roundedUp(toMultipleOf alignment: Self) -> Self? {
    let excess = self % alignment
    return excess == .zero ? self : addingChecked(alignment - excess)
  }
}
