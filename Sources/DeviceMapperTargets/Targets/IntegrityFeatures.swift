/// How an `integrity` device differs from the default, the last part of its table line.
///
/// ``IntegrityTargetParams`` checks which features go with which mode. What is `nil` isn't said.
public struct IntegrityFeatures: Hashable, Sendable, Codable {
  /// From where the tags are made anew.
  public enum Recalculation: Keyword {
    /// From where it ended last (target 1.2).
    case resumed
    /// From the beginning (target 1.8).
    case restarted

    /// The word in a table that says so.
    public var keyword: StaticString {
      switch self {
      case .resumed: "recalculate"
      case .restarted: "reset_recalculate"
      }
    }
  }

  /// What is done about discards, which are refused by default.
  public enum Discards: Keyword {
    /// They are passed on, and a filler takes the place of the tags (target 1.6).
    case allowed
    /// The same with a hash that has a key (in 6.12 and 7.2, not in 6.1).
    case allowedKeyed

    /// The word in a table.
    public var keyword: StaticString {
      switch self {
      case .allowed: "allow_discards"
      case .allowedKeyed: "allow_discards_keyed"
      }
    }
  }

  /// The device that holds tags and journal, if it is another one.
  public var metaDevice: DeviceReference?
  /// The unit with a tag; 512 bytes by default.
  public var blockSize: Bytes?
  /// Whether tags are made anew, while the device is used.
  public var recalculation: Recalculation?
  /// What is done about discards.
  public var discards: Discards?
  /// How much data lies between tags, which kernels round down to a power of two.
  public var interleaveSectors: UInt32?
  /// How many sectors of tags are read at a time, which kernels round down to a power of two.
  public var bufferSectors: UInt32?
  /// The length of the journal, which kernels make that of whole sections.
  public var journalSectors: UInt32?
  /// The part of the journal in percent that is filled before it is written back.
  public var journalWatermark: UInt32?
  /// The time after which the journal is written, in milliseconds.
  public var commitTime: UInt32?
  /// How much data a bit of the bitmap stands for, which kernels round to a power of two
  /// (target 1.3).
  public var sectorsPerBit: UInt64?
  /// The time after which the bitmap is written, in milliseconds (target 1.3).
  public var bitmapFlushInterval: UInt32?
  /// Whether tags lie without the wide gaps of old volumes (target 1.4).
  public var fixesPadding = false
  /// Whether keyed hashes cover the superblock and the place of a sector (target 1.7).
  public var fixesHMAC = false
  /// Whether tags of a keyed hash may be made anew, which is a risk (target 1.7).
  public var allowsLegacyRecalculation = false
  /// What makes tags; without it a target above does.
  public var internalHash: IntegrityAlgorithm?
  /// What encrypts the journal.
  public var journalCrypt: IntegrityAlgorithm?
  /// What authenticates the journal.
  public var journalMAC: IntegrityAlgorithm?
  /// Words that this version doesn't know, in order.
  public var unknown: [TargetWord] = []

  /// Creates features of which none is set.
  public init() {}

  /// Checks what the kernel demands of the features and of the mode.
  func check(mode: IntegrityMode) throws(ParameterError) {
    if let blockSize, !IntegrityTargetParams.blockSizes.contains(blockSize) {
      throw ParameterError(.integrity, "block_size", rule: "512, 1024, 2048 or 4096 bytes")
    }
    if let journalWatermark, journalWatermark > 100 {
      throw ParameterError(.integrity, "journal_watermark", rule: "100 percent at most")
    }
    for algorithm in [internalHash, journalCrypt, journalMAC] {
      guard algorithm?.name.bytes.firstIndex(of: UInt8(ascii: ":")) == nil else {
        throw ParameterError(.integrity, "algorithm", rule: "a name without a colon")
      }
    }
    if internalHash == nil {
      let needs =
        switch (mode, discards, recalculation) {
        case (.bitmap, _, _): "bitmap mode"
        case (.inline, _, _): "inline mode"
        case (_, .some, _): "allow_discards"
        case (_, _, .some): "recalculate"
        case (_, .none, .none): ""
        }
      if !needs.isEmpty {
        throw ParameterError(.integrity, needs, rule: "used with an internal hash")
      }
    }
    if discards == .allowedKeyed, internalHash?.key == nil {
      throw ParameterError(
        .integrity, "allow_discards_keyed", rule: "used with an internal hash that has a key")
    }
    if mode == .inline,
      metaDevice != nil || journalCrypt != nil || journalMAC != nil || discards != nil
    {
      throw ParameterError(
        .integrity, "inline mode",
        rule: "used without a metadata device, journal algorithms and discards")
    }
  }
}
