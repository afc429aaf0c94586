/// A number of blocks of 4 KiB, as `vdo` counts its space and its caches.
public struct VdoBlocks: SizedQuantity {
  /// The word `vdo block`.
  public static var unitName: String { "vdo block" }

  /// The number.
  public var rawValue: UInt64

  /// Creates a quantity of `rawValue` units.
  @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
}

extension VdoBlocks {
  /// The size of a block: 8 sectors.
  @inlinable public static var blockSize: Sectors { 8 }

  /// The size of a block in bytes, that of ``blockSize``.
  @inlinable public static var unitSize: Bytes { blockSize.bytes }

  /// The same size in sectors, or `nil` when they are too many.
  @inlinable public var sectors: Sectors? { Self.blockSize.multipliedChecked(by: rawValue) }
}
