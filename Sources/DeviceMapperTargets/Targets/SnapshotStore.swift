/// Where a snapshot keeps its chunks, and how.
///
/// Text: `COW P|PO|N CHUNK [COUNT FEATURE…]`.
public struct SnapshotStore: Hashable, Sendable, Codable {
  /// The greatest chunk size that the kernel has; all are powers of two.
  public static let maximumChunkSize: Sectors = 2_097_152
  /// The chunk size of a new persistent store whose table says 0.
  public static let defaultChunkSize: Sectors = 32

  /// The device that holds the chunks.
  public var device: DeviceReference
  /// Whether the store outlives the device.
  public var persistence: SnapshotPersistence
  /// How much is copied at a time.
  ///
  /// 0 leaves it to the store: what its header says, or ``defaultChunkSize`` for a new one. A
  /// transient store needs a size; kernels print 0 for a table that wasn't active yet and takes over
  /// from another.
  public let chunkSize: Sectors
  /// Whether a discard of whole chunks zeroes them in the store (target 1.16).
  public let discardZeroesStore: Bool
  /// Whether a discard is passed on to the device below the origin (target 1.16).
  public let discardPassdownOrigin: Bool
  /// Words that this version doesn't know, in order.
  public var unknown: [TargetWord]

  /// Creates a store.
  ///
  /// - Throws: ``ParameterError`` if the chunk size is none that the kernel has, or discards are
  ///   passed on and don't zero.
  public init(
    device: DeviceReference, persistence: SnapshotPersistence, chunkSize: Sectors,
    discardZeroesStore: Bool = false, discardPassdownOrigin: Bool = false,
    unknown: [TargetWord] = []
  ) throws(ParameterError) {
    guard chunkSize == 0 || chunkSize.rawValue.isPowerOfTwo, chunkSize <= Self.maximumChunkSize
    else {
      throw ParameterError(
        .snapshot, "chunk size", rule: "a power of two from 1 to 2097152 sectors, or 0")
    }
    if discardPassdownOrigin, !discardZeroesStore {
      throw ParameterError(
        .snapshot, "discard_passdown_origin", rule: "used with discard_zeroes_cow")
    }
    self.device = device
    self.persistence = persistence
    self.chunkSize = chunkSize
    self.discardZeroesStore = discardZeroesStore
    self.discardPassdownOrigin = discardPassdownOrigin
    self.unknown = unknown
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    let device = try fields.device("cow device")
    let persistence = try SnapshotPersistence(fields: &fields)
    let chunk: Sectors = try fields.quantity("chunk size")
    var (zeroes, passesDown) = (false, false)
    var unknown: [TargetWord] = []
    if !fields.isAtEnd() {
      try fields.group("feature count") { fields throws(ParseError) in
        let word = try fields.word("feature", escaped: true)
        if word.isEqualIgnoringCase("discard_zeroes_cow") {
          zeroes = true
        } else if word.isEqualIgnoringCase("discard_passdown_origin") {
          passesDown = true
        } else if let word = TargetWord(bytes: word.bytes) {
          unknown.append(word)
        }
      }
    }
    try fields.end()
    do {
      try self.init(
        device: device, persistence: persistence, chunkSize: chunk, discardZeroesStore: zeroes,
        discardPassdownOrigin: passesDown, unknown: unknown)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let device = try values.decode(DeviceReference.self, forKey: .device)
    let persistence = try values.decode(SnapshotPersistence.self, forKey: .persistence)
    let chunk = try values.decode(Sectors.self, forKey: .chunkSize)
    let zeroes = try values.decode(Bool.self, forKey: .discardZeroesStore)
    let passesDown = try values.decode(Bool.self, forKey: .discardPassdownOrigin)
    let unknown = try values.decode([TargetWord].self, forKey: .unknown)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(
        device: device, persistence: persistence, chunkSize: chunk, discardZeroesStore: zeroes,
        discardPassdownOrigin: passesDown, unknown: unknown)
    }
  }

  func write(to text: inout TextWriter) {
    text.device(device)
    text.keyword(persistence)
    text.quantity(chunkSize)
    // Kernels print no count when there is no feature.
    guard discardZeroesStore || discardPassdownOrigin || !unknown.isEmpty else { return }
    text.group { text in
      if discardZeroesStore { text.word("discard_zeroes_cow") }
      if discardPassdownOrigin { text.word("discard_passdown_origin") }
      for word in unknown { text.openWord(word) }
    }
  }
}

/// Whether the store of a snapshot outlives its device.
public enum SnapshotPersistence: Keyword {
  /// It does, with its metadata on disk.
  case persistent
  /// It does, and a store that is full is reported as ``SnapshotStatus/overflow``.
  case persistentWithOverflow
  /// It doesn't: the metadata is in memory.
  case transient

  /// The word in a table.
  public var keyword: StaticString {
    switch self {
    case .persistent: "P"
    case .persistentWithOverflow: "PO"
    case .transient: "N"
    }
  }

  /// Reads a word as the kernel does, which looks at one letter or two, whatever their case.
  init(fields: inout FieldScanner) throws(ParseError) {
    let word = try fields.word("persistence", expected: Self.listing)
    let bytes = word.bytes
    let second = bytes.count > 1 ? bytes[1] | 0x20 : 0
    switch (bytes[0] | 0x20, second) {
    case (UInt8(ascii: "p"), 0): self = .persistent
    case (UInt8(ascii: "p"), UInt8(ascii: "o")): self = .persistentWithOverflow
    case (UInt8(ascii: "n"), _): self = .transient
    default:
      throw fields.unexpected(
        word, "persistence", expected: Self.listing, reason: .unknownWord)
    }
  }
}
