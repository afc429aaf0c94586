/// A number of sectors of 512 bytes, whatever the logical block size of the device: the unit of
/// every table.
public struct Sectors: Quantity {
  /// The word `sector`.
  public static var unitName: String { "sector" }

  /// The number.
  public var rawValue: UInt64

  /// Creates a quantity of `rawValue` units.
  public init(rawValue: UInt64) { self.rawValue = rawValue }
}

extension Sectors {
  /// The size of a sector: 512 bytes.
  public static var sectorSize: Bytes { 512 }

  /// The same size in bytes, which always fits.
  public var bytes: Bytes { Bytes(rawValue: UInt128(rawValue) * Self.sectorSize.rawValue) }

  /// The same size in sectors, or `nil` when it isn't a whole number of sectors or too great.
  public init?(exactly bytes: Bytes) {
    guard bytes.isMultiple(of: Self.sectorSize) else { return nil }
    self.init(roundingDown: bytes)
  }

  /// The whole sectors that fit into `bytes`, or `nil` when they are too many.
  public init?(roundingDown bytes: Bytes) { self.init(exactly: bytes / Self.sectorSize) }

  /// The whole sectors that hold `bytes`, or `nil` when they are too many.
  public init?(roundingUp bytes: Bytes) {
    let excess: UInt128 = bytes.isMultiple(of: Self.sectorSize) ? 0 : 1
    self.init(exactly: bytes / Self.sectorSize + excess)
  }
}
