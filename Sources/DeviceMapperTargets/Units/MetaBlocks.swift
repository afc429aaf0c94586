/// A number of metadata blocks of 4 KiB, as thin pools and caches count their metadata.
public struct MetaBlocks: SizedQuantity {
  /// The word `meta block`.
  public static var unitName: String { "meta block" }

  /// The number.
  public var rawValue: UInt64

  /// Creates a quantity of `rawValue` units.
  @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
}

extension MetaBlocks {
  /// The size of a metadata block: 8 sectors.
  @inlinable public static var blockSize: Sectors { 8 }

  /// The size of a metadata block in bytes, that of ``blockSize``.
  @inlinable public static var unitSize: Bytes { blockSize.bytes }

  /// The same size in sectors, or `nil` when they are too many.
  @inlinable public var sectors: Sectors? { Self.blockSize.multipliedChecked(by: rawValue) }

  /// The same size in blocks, or `nil` when it isn't a whole number of blocks.
  @inlinable public init?(exactly sectors: Sectors) {
    guard sectors.isMultiple(of: Self.blockSize) else { return nil }
    self.init(roundingDown: sectors)
  }

  /// The whole blocks that fit into `sectors`.
  @inlinable public init(roundingDown sectors: Sectors) {
    self.init(rawValue: sectors / Self.blockSize)
  }

  /// The whole blocks that hold `sectors`.
  @inlinable public init(roundingUp sectors: Sectors) {
    let excess: UInt64 = sectors.isMultiple(of: Self.blockSize) ? 0 : 1
    self.init(rawValue: sectors / Self.blockSize + excess)
  }
}
