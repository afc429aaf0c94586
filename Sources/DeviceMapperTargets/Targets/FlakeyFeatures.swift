/// The ways in which a `flakey` device is faulty, the last part of its table line.
///
/// Kernels up to 6.1 print no features as none, those from 6.12 on as what they mean,
/// `error_reads error_writes`; compare ``inEffect`` to see past that.
public struct FlakeyFeatures: Hashable, Sendable, Codable {
  /// What becomes of a write.
  public enum Writes: Keyword {
    /// It is ignored and reported as done.
    case drop
    /// It fails.
    case error

    /// The word in a table.
    public var keyword: StaticString {
      switch self {
      case .drop: "drop_writes"
      case .error: "error_writes"
      }
    }
  }

  /// The probabilities that the kernel has: chances in a thousand million.
  public static let probabilities: ClosedRange<UInt32> = 0...1_000_000_000

  /// Whether reads fail (in 6.12, not in 6.1).
  public let failsReads: Bool
  /// What becomes of a write; `nil` for what would become of it anyway.
  public let writes: Writes?
  /// A byte that is replaced in some requests.
  public let corruption: Corruption?
  /// How often a random byte of a read is changed, in ``probabilities`` (in 6.12, not in 6.1).
  public let randomReadCorruption: UInt32
  /// How often a random byte of a write is changed, in ``probabilities`` (in 6.12, not in 6.1).
  public let randomWriteCorruption: UInt32
  /// Words that this version doesn't know, in order.
  public let unknown: [TargetWord]

  /// Creates features, each of which is off by default.
  ///
  /// - Throws: ``ParameterError`` if a request would have to fail, or be dropped, and be changed.
  public init(
    failsReads: Bool = false, writes: Writes? = nil, corruption: Corruption? = nil,
    randomReadCorruption: UInt32 = 0, randomWriteCorruption: UInt32 = 0,
    unknown: [TargetWord] = []
  ) throws(ParameterError) {
    guard Self.probabilities.contains(randomReadCorruption),
      Self.probabilities.contains(randomWriteCorruption)
    else {
      throw ParameterError(.flakey, "probability", rule: "from 0 to 1000000000")
    }
    if writes != nil, corruption?.direction == .write || randomWriteCorruption > 0 {
      throw ParameterError(
        .flakey, "corruption of writes", rule: "off where writes fail or are dropped")
    }
    if failsReads, corruption?.direction == .read || randomReadCorruption > 0 {
      throw ParameterError(.flakey, "corruption of reads", rule: "off where reads fail")
    }
    self.failsReads = failsReads
    self.writes = writes
    self.corruption = corruption
    self.randomReadCorruption = randomReadCorruption
    self.randomWriteCorruption = randomWriteCorruption
    self.unknown = unknown
  }

  /// Creates no features; the device then fails every request.
  public init() {
    failsReads = false
    writes = nil
    corruption = nil
    randomReadCorruption = 0
    randomWriteCorruption = 0
    unknown = []
  }

  /// Decodes the features and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let failsReads = try values.decode(Bool.self, forKey: .failsReads)
    let writes = try values.decodeIfPresent(Writes.self, forKey: .writes)
    let corruption = try values.decodeIfPresent(Corruption.self, forKey: .corruption)
    let randomReads = try values.decode(UInt32.self, forKey: .randomReadCorruption)
    let randomWrites = try values.decode(UInt32.self, forKey: .randomWriteCorruption)
    let unknown = try values.decode([TargetWord].self, forKey: .unknown)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(
        failsReads: failsReads, writes: writes, corruption: corruption,
        randomReadCorruption: randomReads, randomWriteCorruption: randomWrites, unknown: unknown)
    }
  }

  /// The features as a kernel from 6.12 on prints them: none at all stands for failing everything.
  public var inEffect: FlakeyFeatures {
    guard self == FlakeyFeatures() else { return self }
    // Failing reads and writes breaks no rule, so the fallback is never taken.
    return (try? FlakeyFeatures(failsReads: true, writes: .error)) ?? self
  }
}
