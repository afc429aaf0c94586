/// A number of data blocks, whose size is that of a pool or cache and not known here.
public struct DataBlocks: Quantity {
  /// The word `data block`.
  public static var unitName: String { "data block" }

  /// The number.
  public var rawValue: UInt64

  /// Creates a quantity of `rawValue` units.
  @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
}

extension DataBlocks {
  /// The same size in sectors, for blocks of `blockSize`, or `nil` when they are too many.
  @inlinable public func sectors(blockSize: Sectors) -> Sectors? {
    blockSize.multipliedChecked(by: rawValue)
  }

  /// The same size in bytes, for blocks of `blockSize`, or `nil` when they are too many.
  @inlinable public func bytes(blockSize: Sectors) -> Bytes? {
    blockSize.bytes.multipliedChecked(by: rawValue)
  }

  /// The same size in blocks, or `nil` when it isn't a whole number of them or `blockSize` is zero.
  @inlinable public init?(exactly sectors: Sectors, blockSize: Sectors) {
    guard blockSize != .zero, sectors.isMultiple(of: blockSize) else { return nil }
    self.init(rawValue: sectors / blockSize)
  }

  /// The whole blocks that fit into `sectors`, or `nil` when `blockSize` is zero.
  @inlinable public init?(roundingDown sectors: Sectors, blockSize: Sectors) {
    guard blockSize != .zero else { return nil }
    self.init(rawValue: sectors / blockSize)
  }

  /// The whole blocks that hold `sectors`, or `nil` when `blockSize` is zero.
  @inlinable public init?(roundingUp sectors: Sectors, blockSize: Sectors) {
    guard blockSize != .zero else { return nil }
    let whole = sectors / blockSize
    self.init(rawValue: sectors.isMultiple(of: blockSize) ? whole : whole + 1)
  }
}
