extension Sequence where Element: Quantity {
  /// The sum of all; traps on overflow.
  @inlinable public func sum() -> Element {
    var sum = Element.zero
    for element in self { sum += element }
    return sum
  }

  /// The sum of all, or `nil` on overflow.
  @inlinable public func sumChecked() -> Element? {
    var sum = Element.zero
    for element in self {
      guard let next = sum.addingChecked(element) else { return nil }
      sum = next
    }
    return sum
  }
}
