/// A number of regions, the parts in which some targets copy a device; their size is in the table.
public struct Regions: Quantity {
  /// The word `region`.
  public static var unitName: String { "region" }

  /// The number.
  public var rawValue: UInt64

  /// Creates a quantity of `rawValue` units.
  @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
}
