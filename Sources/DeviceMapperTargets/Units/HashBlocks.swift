/// A number of blocks of a `verity` device's tree of digests, whose size is in the table.
public struct HashBlocks: Quantity {
  /// The word `hash block`.
  public static var unitName: String { "hash block" }

  /// The number.
  public var rawValue: UInt64

  /// Creates a quantity of `rawValue` units.
  @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
}
