/// The status of `writecache`.
///
/// Text: `ERROR BLOCKS FREE WRITEBACK` and, from target version 1.5 on, ten counters.
/// Kernel document: `admin-guide/device-mapper/writecache.rst`.
public struct WritecacheStatus: TargetStatus {
  /// What was done since the target was made, or since ``WritecacheMessage/clearStatistics``.
  public struct Statistics: Hashable, Sendable, Codable {
    /// Blocks read.
    public var reads: UInt64
    /// Blocks read that were in the cache.
    public var readHits: UInt64
    /// Blocks written.
    public var writes: UInt64
    /// Blocks written over one in the cache that wasn't committed yet.
    public var writeHitsUncommitted: UInt64
    /// Blocks written over one in the cache that was committed.
    public var writeHitsCommitted: UInt64
    /// Blocks written past the cache.
    public var writesAround: UInt64
    /// Blocks written that took a new block of the cache.
    public var writesAllocate: UInt64
    /// Writes that waited for a free block.
    public var writesBlocked: UInt64
    /// Flushes.
    public var flushes: UInt64
    /// Blocks discarded.
    public var discards: UInt64

    /// Creates statistics from their counters.
    public init(
      reads: UInt64, readHits: UInt64, writes: UInt64, writeHitsUncommitted: UInt64,
      writeHitsCommitted: UInt64, writesAround: UInt64, writesAllocate: UInt64,
      writesBlocked: UInt64, flushes: UInt64, discards: UInt64
    ) {
      self.reads = reads
      self.readHits = readHits
      self.writes = writes
      self.writeHitsUncommitted = writeHitsUncommitted
      self.writeHitsCommitted = writeHitsCommitted
      self.writesAround = writesAround
      self.writesAllocate = writesAllocate
      self.writesBlocked = writesBlocked
      self.flushes = flushes
      self.discards = discards
    }

    init(fields: inout FieldScanner) throws(ParseError) {
      reads = try fields.number("reads")
      readHits = try fields.number("read hits")
      writes = try fields.number("writes")
      writeHitsUncommitted = try fields.number("uncommitted write hits")
      writeHitsCommitted = try fields.number("committed write hits")
      writesAround = try fields.number("writes around")
      writesAllocate = try fields.number("allocating writes")
      writesBlocked = try fields.number("blocked writes")
      flushes = try fields.number("flushes")
      discards = try fields.number("discards")
    }

    func write(to text: inout TextWriter) {
      text.number(reads)
      text.number(readHits)
      text.number(writes)
      text.number(writeHitsUncommitted)
      text.number(writeHitsCommitted)
      text.number(writesAround)
      text.number(writesAllocate)
      text.number(writesBlocked)
      text.number(flushes)
      text.number(discards)
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .writecache }

  /// Whether the cache device had an error, after which requests fail.
  public var hasError: Bool
  /// The number of blocks of the cache.
  public var totalBlocks: DataBlocks
  /// The number of blocks that hold nothing.
  public var freeBlocks: DataBlocks
  /// The number of blocks that are being written back.
  public var writebackBlocks: DataBlocks
  /// What was done; `nil` before target version 1.5.
  public var statistics: Statistics?
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    hasError: Bool = false, totalBlocks: DataBlocks, freeBlocks: DataBlocks,
    writebackBlocks: DataBlocks, statistics: Statistics? = nil,
    trailing: TargetText = TargetText()
  ) {
    self.hasError = hasError
    self.totalBlocks = totalBlocks
    self.freeBlocks = freeBlocks
    self.writebackBlocks = writebackBlocks
    self.statistics = statistics
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    hasError = try fields.number("error", in: 0...UInt8(1)) == 1
    totalBlocks = try fields.quantity("blocks")
    freeBlocks = try fields.quantity("free blocks")
    writebackBlocks = try fields.quantity("blocks under writeback")
    statistics = fields.isAtEnd() ? nil : try Statistics(fields: &fields)
    trailing = fields.remainder()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.number(hasError ? 1 : UInt8(0))
    text.quantity(totalBlocks)
    text.quantity(freeBlocks)
    text.quantity(writebackBlocks)
    statistics?.write(to: &text)
    text.text(trailing)
  }
}

extension WritecacheStatus {
  /// How much of the cache holds data.
  public var usage: Usage<DataBlocks> {
    Usage(
      used: DataBlocks(rawValue: totalBlocks.rawValue - min(freeBlocks, totalBlocks).rawValue),
      total: totalBlocks)
  }

  /// Whether all that was written is on the device below too.
  public var isClean: Bool { freeBlocks >= totalBlocks && writebackBlocks == 0 }

  /// Failed after an error of the cache device.
  public var health: Health {
    hasError ? Health(.failed, ["the cache device had an error"]) : .healthy
  }
}

/// A message to a `writecache` target.
public enum WritecacheMessage: TargetMessage {
  /// Write everything back and wait for it; `EBUSY` while suspended, `EIO` after an error.
  case flush
  /// Write everything back when the device is next suspended, to take the cache away.
  case flushOnSuspend
  /// Write everything back and cache nothing more; the table doesn't show it (target version 1.3).
  case cleaner
  /// Count from zero again (target version 1.5).
  case clearStatistics

  /// Appends the words of the message.
  public func write(to text: inout TextWriter) {
    switch self {
    case .flush: text.word("flush")
    case .flushOnSuspend: text.word("flush_on_suspend")
    case .cleaner: text.word("cleaner")
    case .clearStatistics: text.word("clear_stats")
    }
  }
}
