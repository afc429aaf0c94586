/// A number of zones of a zoned device.
public struct Zones: Quantity {
  /// The word `zone`.
  public static var unitName: String { "zone" }

  /// The number.
  public var rawValue: UInt32

  /// Creates a quantity of `rawValue` units.
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}
