/// How a `crypt` device differs from the default, the last part of its table line.
///
/// ``CryptTargetParams`` checks the numbers. Kernels take 8 words at most, from 6.12 on 9, and may
/// print more.
public struct CryptFeatures: Hashable, Sendable, Codable {
  /// Room for a tag beside each sector.
  public struct Integrity: Hashable, Sendable, Codable {
    /// What the tag is for.
    public enum Profile: Keyword {
      /// The cipher authenticates, and the tag is its own.
      case aead
      /// The tag holds the initialisation vector only.
      case none

      /// The word in a table.
      public var keyword: StaticString {
        switch self {
        case .aead: "aead"
        case .none: "none"
        }
      }
    }

    /// The length of the tag on disk in bytes.
    public var tagSize: UInt32
    /// What the tag is for.
    public var profile: Profile

    /// Creates room for a tag.
    public init(tagSize: UInt32, profile: Profile) {
      self.tagSize = tagSize
      self.profile = profile
    }
  }

  /// Whether discards are passed on, which shows what is unused (target 1.11).
  public var allowsDiscards = false
  /// Whether a request is encrypted on the processor that it came from (target 1.14).
  public var usesSameCPU = false
  /// Whether the work queues have a high priority (target 1.26).
  public var hasHighPriority = false
  /// Whether writes are submitted by the thread that encrypts them (target 1.14).
  public var submitsFromCryptCPUs = false
  /// Whether reads are decrypted at once and not in a work queue (target 1.22).
  public var bypassesReadWorkqueue = false
  /// Whether writes are encrypted at once and not in a work queue (target 1.22).
  public var bypassesWriteWorkqueue = false
  /// Room for a tag beside each sector (target 1.17).
  public var integrity: Integrity?
  /// The unit of encryption (target 1.17).
  public var sectorSize: Bytes = 512
  /// Whether initialisation vectors count such units instead of 512 bytes (target 1.17).
  public var usesLargeSectorIVs = false
  /// The length of the key's part for authentication in bytes (target 1.28).
  public var integrityKeySize: UInt32?
  /// Words that this version doesn't know, in order.
  public var unknown: [TargetWord] = []

  /// Creates features of which none is set.
  public init() {}

  /// The unit of encryption in sectors.
  var sectors: Sectors { Sectors(roundingDown: sectorSize) ?? 1 }

  init(fields: inout FieldScanner) throws(ParseError) {
    self.init()
    if fields.isAtEnd() { return }
    var features = self
    try fields.group("feature count") { fields throws(ParseError) in
      let word = try fields.word("feature", escaped: true)
      if word.isEqualIgnoringCase("allow_discards") {
        features.allowsDiscards = true
      } else if word.isEqualIgnoringCase("same_cpu_crypt") {
        features.usesSameCPU = true
      } else if word.isEqualIgnoringCase("high_priority") {
        features.hasHighPriority = true
      } else if word.isEqualIgnoringCase("submit_from_crypt_cpus") {
        features.submitsFromCryptCPUs = true
      } else if word.isEqualIgnoringCase("no_read_workqueue") {
        features.bypassesReadWorkqueue = true
      } else if word.isEqualIgnoringCase("no_write_workqueue") {
        features.bypassesWriteWorkqueue = true
      } else if word.isEqualIgnoringCase("iv_large_sectors") {
        features.usesLargeSectorIVs = true
      } else if let value = word.dropping("integrity:") {
        features.integrity = try fields.integrity(value)
      } else if let value = word.dropping("sector_size:") {
        let size: UInt64 = try fields.number(in: value, "sector size")
        features.sectorSize = Bytes(size)
      } else if let value = word.dropping("integrity_key_size:") {
        features.integrityKeySize = try fields.number(in: value, "integrity key size")
      } else if let word = TargetWord(bytes: word.bytes) {
        features.unknown.append(word)
      }
    }
    self = features
  }

  private var isDefault: Bool { self == CryptFeatures() }

  func write(to text: inout TextWriter) {
    // Kernels print no count when there is no feature.
    if isDefault { return }
    text.group { text in
      if allowsDiscards { text.word("allow_discards") }
      if usesSameCPU { text.word("same_cpu_crypt") }
      if hasHighPriority { text.word("high_priority") }
      if submitsFromCryptCPUs { text.word("submit_from_crypt_cpus") }
      if bypassesReadWorkqueue { text.word("no_read_workqueue") }
      if bypassesWriteWorkqueue { text.word("no_write_workqueue") }
      if let integrity { text.text("integrity:\(integrity.tagSize):\(integrity.profile)") }
      if sectorSize != 512 { text.text("sector_size:\(sectorSize.rawValue)") }
      if usesLargeSectorIVs { text.word("iv_large_sectors") }
      if let integrityKeySize { text.text("integrity_key_size:\(integrityKeySize)") }
      for word in unknown { text.openWord(word) }
    }
  }
}

extension FieldScanner {
  /// Reads `TAG:PROFILE`.
  fileprivate func integrity(
    _ word: borrowing Word
  ) throws(ParseError) -> CryptFeatures.Integrity {
    let colon = UInt8(ascii: ":")
    if let head = word.head(before: colon), let tail = word.tail(behind: colon),
      let size = head.bytes.decimal(as: UInt32.self),
      let profile = CryptFeatures.Integrity.Profile(ignoringCase: tail)
    {
      return CryptFeatures.Integrity(tagSize: size, profile: profile)
    }
    throw unexpected(word, "integrity", expected: "a tag size and aead or none")
  }
}
