/// A number of sectors of 512 bytes, whatever the logical block size of the device: the unit of
/// every table.
public struct Sectors: SizedQuantity {
  /// The word `sector`.
  public static var unitName: String { "sector" }

  /// The number.
  public var rawValue: UInt64

  /// Creates a quantity of `rawValue` units.
  @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
}

extension Sectors {
  /// The size of a sector: 512 bytes.
  @inlinable public static var sectorSize: Bytes { 512 }

  /// The size of a sector, ``sectorSize``.
  @inlinable public static var unitSize: Bytes { sectorSize }
}
