/// What a `vdo` target replies to ``VdoMessage/statistics``: the figures that are asked for most,
/// and all of them in ``report``.
public struct VdoStatistics: Hashable, Sendable, Codable {
  /// Everything that the kernel said.
  public var report: VdoReport

  /// Takes a report.
  public init(_ report: VdoReport) { self.report = report }

  /// Reads a reply.
  public init(parsing text: String) throws(ParseError) {
    report = try VdoReport(parsing: text)
  }

  /// Reads a reply.
  public init(parsing text: Span<UInt8>) throws(ParseError) {
    report = try VdoReport(parsing: text)
  }

  /// Decodes the report.
  public init(from decoder: any Decoder) throws { report = try VdoReport(from: decoder) }

  /// Encodes the report.
  public func encode(to encoder: any Encoder) throws { try report.encode(to: encoder) }

  private func blocks(_ name: String) -> VdoBlocks? {
    report[name]?.number.map { VdoBlocks(rawValue: $0) }
  }
}

/// The single figures; `nil` where the kernel doesn't say.
extension VdoStatistics {
  /// The version of the statistics.
  public var version: UInt64? { report["version"]?.number }
  /// The blocks that hold data.
  public var dataBlocksUsed: VdoBlocks? { blocks("dataBlocksUsed") }
  /// The blocks that hold metadata.
  public var overheadBlocksUsed: VdoBlocks? { blocks("overheadBlocksUsed") }
  /// The logical blocks that were written to and not discarded.
  public var logicalBlocksUsed: VdoBlocks? { blocks("logicalBlocksUsed") }
  /// The size of the device below.
  public var physicalBlocks: VdoBlocks? { blocks("physicalBlocks") }
  /// The size of the target.
  public var logicalBlocks: VdoBlocks? { blocks("logicalBlocks") }
  /// What the target can do at present.
  public var mode: VdoStatus.Mode? {
    report["mode"]?.word.flatMap { VdoStatus.Mode($0) }
  }
  /// Whether a recovery runs.
  public var isInRecovery: Bool? { report["inRecoveryMode"]?.number.map { $0 != 0 } }
  /// How much of the recovery is done, as a percentage.
  public var recoveryPercentage: UInt64? { report["recoveryPercentage"]?.number }
  /// The requests that failed because there was no free block.
  public var noSpaceErrors: UInt64? { report["errors", "noSpaceErrorCount"]?.number }
}

/// What follows from the figures.
extension VdoStatistics {
  /// The use of the device below, data and metadata.
  public var physical: Usage<VdoBlocks>? {
    guard let dataBlocksUsed, let overheadBlocksUsed, let physicalBlocks,
      let used = dataBlocksUsed.addingChecked(overheadBlocksUsed)
    else { return nil }
    return Usage(used: used, total: physicalBlocks)
  }

  /// The part of the logical blocks that deduplication and compression save, below 0 where they
  /// cost; `nil` during a recovery and while nothing is written.
  public var savedFraction: Double? {
    guard let dataBlocksUsed, let logicalBlocksUsed, logicalBlocksUsed > 0, isInRecovery != true
    else { return nil }
    return 1 - Double(dataBlocksUsed.rawValue) / Double(logicalBlocksUsed.rawValue)
  }

  /// How many blocks are written below for each that is written to the target; `nil` while nothing
  /// is written.
  public var writeAmplification: Double? {
    guard let written = report["biosIn", "write"]?.number, written > 0,
      let data = report["biosOut", "write"]?.number,
      let metadata = report["biosMeta", "write"]?.number
    else { return nil }
    return (Double(data) + Double(metadata)) / Double(written)
  }
}
