/// The parameters of `integrity`: a device with a tag beside each sector, which holds a checksum or
/// what a `crypt` target above puts there.
///
/// Text: `DEVICE START TAG_SIZE|- MODE COUNT [FEATURE…]`.
/// Kernel document: `admin-guide/device-mapper/dm-integrity.rst`.
///
/// A kernel prints what the superblock says, not what the table said. The text may hold keys; a
/// description and JSON don't, unless asked for as ``KeyMaterial`` says.
public struct IntegrityTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = IntegrityStatus

  /// The type of target.
  public static var targetType: TargetType { .integrity }

  /// The lengths of a tag that the kernel has, in bytes.
  public static let tagSizes: ClosedRange<UInt32> = 1...255
  /// The sizes of the unit with a tag that the kernel has.
  public static let blockSizes: [Bytes] = [512, 1024, 2048, 4096]

  /// The device below.
  public var device: DeviceReference
  /// The first sector of the range on the device below.
  public let start: Sectors
  /// The length of a tag in bytes; `nil` for that of the internal hash.
  public let tagSize: UInt32?
  /// How data and tags are kept together over a crash.
  public let mode: IntegrityMode
  /// How the device differs from the default.
  public let features: IntegrityFeatures

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` with the rule of the kernel that they break.
  public init(
    device: DeviceReference, start: Sectors = 0, tagSize: UInt32? = nil,
    mode: IntegrityMode = .journal, features: IntegrityFeatures = IntegrityFeatures()
  ) throws(ParameterError) {
    if let tagSize {
      guard Self.tagSizes.contains(tagSize) else {
        throw ParameterError(Self.targetType, "tag size", rule: "from 1 to 255 bytes")
      }
    } else if features.internalHash == nil {
      throw ParameterError(Self.targetType, "tag size", rule: "given without an internal hash")
    }
    try features.check(mode: mode)
    guard start.isMultiple(of: Sectors(roundingDown: features.blockSize ?? 512) ?? 1) else {
      throw ParameterError(Self.targetType, "start", rule: "a multiple of the block size")
    }
    self.device = device
    self.start = start
    self.tagSize = tagSize
    self.mode = mode
    self.features = features
  }

  /// Reads the fields; an error doesn't quote the text, which may be a key.
  public init(fields: inout FieldScanner) throws(ParseError) {
    do { self = try Self.read(&fields) } catch { throw error.hidingText() }
  }

  private static func read(_ fields: inout FieldScanner) throws(ParseError) -> Self {
    let device = try fields.device("device")
    let start: Sectors = try fields.quantity("start")
    var tagSize: UInt32?
    if !fields.skip("-") { tagSize = try fields.number("tag size") as UInt32 }
    let mode: IntegrityMode = try fields.letter("mode")
    let features = try IntegrityFeatures(fields: &fields)
    try fields.end()
    do {
      return try Self(
        device: device, start: start, tagSize: tagSize, mode: mode, features: features)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let device = try values.decode(DeviceReference.self, forKey: .device)
    let start = try values.decode(Sectors.self, forKey: .start)
    let tagSize = try values.decodeIfPresent(UInt32.self, forKey: .tagSize)
    let mode = try values.decode(IntegrityMode.self, forKey: .mode)
    let features = try values.decode(IntegrityFeatures.self, forKey: .features)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(device: device, start: start, tagSize: tagSize, mode: mode, features: features)
    }
  }

  /// Appends the fields, keys included.
  public func write(to text: inout TextWriter) {
    text.device(device)
    text.quantity(start)
    if let tagSize { text.number(tagSize) } else { text.word("-") }
    text.word(mode.letter)
    features.write(to: &text)
  }
}

/// How data and tags are kept together over a crash.
public enum IntegrityMode: LetterKeyword {
  /// Both go through a journal (`J`).
  case journal
  /// A bitmap remembers where tags may be old, and those are made anew (`B`; target 1.3).
  case bitmap
  /// They aren't (`D`).
  case direct
  /// Nothing is checked or replayed, and nothing can be written (`R`).
  case recovery
  /// The device below keeps a tag with each sector (`I`; target 1.12).
  case inline

  /// The word in JSON.
  public var keyword: StaticString {
    switch self {
    case .journal: "journal"
    case .bitmap: "bitmap"
    case .direct: "direct"
    case .recovery: "recovery"
    case .inline: "inline"
    }
  }

  var letter: StaticString {
    switch self {
    case .journal: "J"
    case .bitmap: "B"
    case .direct: "D"
    case .recovery: "R"
    case .inline: "I"
    }
  }
}

/// An algorithm of the kernel's crypto interface, and its key if it has one.
public struct IntegrityAlgorithm: Hashable, Sendable, Codable {
  /// The name, such as `crc32c` or `hmac(sha256)`; without a colon.
  public var name: TargetWord
  /// The key.
  public var key: KeyMaterial?

  /// Creates an algorithm.
  public init(_ name: TargetWord, key: KeyMaterial? = nil) {
    self.name = name
    self.key = key
  }

  /// Reads `NAME[:KEY]`, or returns `nil` for anything else.
  init?(word: borrowing Word) {
    let colon = UInt8(ascii: ":")
    guard let head = word.head(before: colon), let tail = word.tail(behind: colon) else {
      guard let name = TargetWord(bytes: word.bytes) else { return nil }
      self.init(name)
      return
    }
    guard let name = TargetWord(bytes: head.bytes), let key = KeyMaterial(hex: tail.bytes) else {
      return nil
    }
    self.init(name, key: key)
  }

  func write(behind prefix: StaticString, to text: inout TextWriter) {
    text.word(prefix)
    text.append(name.bytes)
    guard let key else { return }
    text.append([UInt8(ascii: ":")].span)
    key.append(to: &text)
  }
}
