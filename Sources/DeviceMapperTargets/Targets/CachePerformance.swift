/// What a cache did since its device was created.
///
/// The kernel counts with 32 bits, all but ``dirty``, and begins again at zero.
public struct CacheDevPerformance: Hashable, Sendable, Codable {
  /// Reads of blocks that were in the cache.
  public var readHits: UInt64
  /// Reads of blocks that weren't.
  public var readMisses: UInt64
  /// Writes to blocks that were in the cache.
  public var writeHits: UInt64
  /// Writes to blocks that weren't.
  public var writeMisses: UInt64
  /// Blocks that were taken out of the cache.
  public var demotions: UInt64
  /// Blocks that were taken in.
  public var promotions: UInt64
  /// The blocks that the origin doesn't have in their present state; this is no sum but a level.
  public var dirty: DataBlocks

  /// Creates figures.
  public init(
    readHits: UInt64 = 0, readMisses: UInt64 = 0, writeHits: UInt64 = 0, writeMisses: UInt64 = 0,
    demotions: UInt64 = 0, promotions: UInt64 = 0, dirty: DataBlocks = 0
  ) {
    self.readHits = readHits
    self.readMisses = readMisses
    self.writeHits = writeHits
    self.writeMisses = writeMisses
    self.demotions = demotions
    self.promotions = promotions
    self.dirty = dirty
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    readHits = try fields.number("read hits")
    readMisses = try fields.number("read misses")
    writeHits = try fields.number("write hits")
    writeMisses = try fields.number("write misses")
    demotions = try fields.number("demotions")
    promotions = try fields.number("promotions")
    dirty = try fields.quantity("dirty blocks")
  }

  func write(to text: inout TextWriter) {
    text.number(readHits)
    text.number(readMisses)
    text.number(writeHits)
    text.number(writeMisses)
    text.number(demotions)
    text.number(promotions)
    text.quantity(dirty)
  }

  /// The part of the reads that the cache served, from 0 to 1; `nil` before the first read.
  public var readHitFraction: Double? { Self.fraction(readHits, readMisses) }

  /// The part of the writes that met a block in the cache, from 0 to 1; `nil` before the first
  /// write.
  public var writeHitFraction: Double? { Self.fraction(writeHits, writeMisses) }

  private static func fraction(_ hits: UInt64, _ misses: UInt64) -> Double? {
    let total = Double(hits) + Double(misses)
    return total == 0 ? nil : Double(hits) / total
  }
}
