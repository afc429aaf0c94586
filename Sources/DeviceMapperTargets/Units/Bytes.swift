/// A number of bytes; 128 bits hold the size of any number of sectors.
public struct Bytes: SizedQuantity {
  /// The word `byte`.
  public static var unitName: String { "byte" }

  /// The number.
  public var rawValue: UInt128

  /// Creates a quantity of `rawValue` units.
  @inlinable public init(rawValue: UInt128) { self.rawValue = rawValue }
}

extension Bytes {
  /// One byte.
  @inlinable public static var unitSize: Bytes { 1 }

  /// The same quantity.
  @inlinable public var bytes: Bytes { self }
}
