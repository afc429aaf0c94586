/// What a `vdo` target replies to ``VdoMessage/configuration`` (target version 9.2): how the device
/// was formatted.
public struct VdoConfiguration: Hashable, Sendable, Codable {
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
}

/// The single figures; `nil` where the kernel doesn't say.
extension VdoConfiguration {
  /// The version of the reply.
  public var version: UInt64? { report["version"]?.number }
  /// The size of the device below.
  public var physicalSize: Bytes? { report["physicalSize"]?.number.map { Bytes($0) } }
  /// The size of the target.
  public var logicalSize: Bytes? { report["logicalSize"]?.number.map { Bytes($0) } }
  /// The size of a slab, the unit in which the device grows.
  public var slabSize: VdoBlocks? { report["slabSize"]?.number.map { VdoBlocks(rawValue: $0) } }
  /// The memory of the deduplication index.
  public var indexMemory: VdoIndexMemory? {
    switch report["index", "memorySize"] {
    case .number(let number): UInt32(exactly: number).map { .gibibytes($0) }
    case .word(let word): VdoIndexMemory(bytes: Array(word.utf8).span)
    default: nil
    }
  }
  /// Whether the deduplication index is sparse.
  public var hasSparseIndex: Bool? { report["index", "isSparse"]?.number.map { $0 != 0 } }
}
