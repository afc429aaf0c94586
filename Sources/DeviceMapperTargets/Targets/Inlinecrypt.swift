/// The parameters of `inlinecrypt`: a device whose content is encrypted by the hardware below, or by
/// the kernel in its place (Linux 7.x).
///
/// Text: `CIPHER KEY IV_OFFSET DEVICE START [COUNT FEATURE…]`. A kernel prints the key even if it
/// came from a key ring, and behind it a number for the kind of key, which it doesn't take; that is
/// understood, and left out of what is printed here.
///
/// The text holds the key; a description and JSON don't, unless asked for as ``KeyMaterial`` says.
public struct InlinecryptTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = InlinecryptStatus

  /// The type of target.
  public static var targetType: TargetType { .inlinecrypt }

  /// The only cipher that Linux 7.2 has.
  public static let aesXTSPlain64: TargetWord = "aes-xts-plain64"

  /// The cipher; the kernel tells upper and lower case apart.
  public var cipher: TargetWord
  /// The key; `-` for none is no key here.
  public let key: KeySpecification
  /// What is added to a sector's number to make its initialisation vector.
  public let ivOffset: Sectors
  /// The device below.
  public var device: DeviceReference
  /// The first sector of the range on the device below.
  public let start: Sectors
  /// How the device differs from the default.
  public let features: InlinecryptFeatures

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if there is no key or none that the kernel looks up, the sector size is
  ///   none that the kernel has, or an offset is no multiple of it.
  public init(
    cipher: TargetWord = Self.aesXTSPlain64, key: KeySpecification, ivOffset: Sectors = 0,
    device: DeviceReference, start: Sectors = 0,
    features: InlinecryptFeatures = InlinecryptFeatures()
  ) throws(ParameterError) {
    guard key != .none else {
      throw ParameterError(Self.targetType, "key", rule: "digits or the name of a key")
    }
    try key.check(Self.targetType)
    guard CryptTargetParams.sectorSizes.contains(features.sectorSize) else {
      throw ParameterError(Self.targetType, "sector_size", rule: "512, 1024, 2048 or 4096 bytes")
    }
    guard ivOffset.isMultiple(of: features.sectors) else {
      throw ParameterError(Self.targetType, "iv offset", rule: "a multiple of the sector size")
    }
    guard start.isMultiple(of: features.sectors) else {
      throw ParameterError(Self.targetType, "start", rule: "a multiple of the sector size")
    }
    self.cipher = cipher
    self.key = key
    self.ivOffset = ivOffset
    self.device = device
    self.start = start
    self.features = features
  }

  /// Reads the fields; an error doesn't quote the text, which may be a key.
  public init(fields: inout FieldScanner) throws(ParseError) {
    do { self = try Self.read(&fields) } catch { throw error.hidingText() }
  }

  private static func read(_ fields: inout FieldScanner) throws(ParseError) -> Self {
    let cipher = try fields.openWord("cipher")
    let key = try KeySpecification(fields: &fields)
    var offset: Sectors = try fields.quantity("iv offset")
    var printedType: InlinecryptFeatures.KeyType?
    if let word = fields.peek(), word.bytes.isDecimal {
      // No device is a plain number, so the number before was that of the kind of key.
      printedType = offset == 2 ? .hardwareWrapped : .raw
      offset = try fields.quantity("iv offset")
    }
    let device = try fields.device("device")
    let start: Sectors = try fields.quantity("start")
    var features = try InlinecryptFeatures(fields: &fields)
    if let printedType { features.keyType = printedType }
    try fields.end()
    do {
      return try Self(
        cipher: cipher, key: key, ivOffset: offset, device: device, start: start,
        features: features)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let cipher = try values.decode(TargetWord.self, forKey: .cipher)
    let key = try values.decode(KeySpecification.self, forKey: .key)
    let offset = try values.decode(Sectors.self, forKey: .ivOffset)
    let device = try values.decode(DeviceReference.self, forKey: .device)
    let start = try values.decode(Sectors.self, forKey: .start)
    let features = try values.decode(InlinecryptFeatures.self, forKey: .features)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(
        cipher: cipher, key: key, ivOffset: offset, device: device, start: start,
        features: features)
    }
  }

  /// Appends the fields, the key included.
  public func write(to text: inout TextWriter) {
    text.openWord(cipher)
    key.write(to: &text)
    text.quantity(ivOffset)
    text.device(device)
    text.quantity(start)
    features.write(to: &text)
  }

  /// Checks that the length is a multiple of the sector size.
  public func check(length: Sectors) throws(ParameterError) {
    guard length.isMultiple(of: features.sectors) else {
      throw ParameterError(Self.targetType, "length", rule: "a multiple of the sector size")
    }
  }
}

/// How an `inlinecrypt` device differs from the default, the last part of its table line.
public struct InlinecryptFeatures: Hashable, Sendable, Codable {
  /// What the bytes of a key are.
  public enum KeyType: Keyword {
    /// The key.
    case raw
    /// Something that only the hardware makes a key of.
    case hardwareWrapped

    /// The word in a table.
    public var keyword: StaticString {
      switch self {
      case .raw: "raw"
      case .hardwareWrapped: "hw-wrapped"
      }
    }
  }

  /// What the bytes of the key are.
  public var keyType = KeyType.raw
  /// Whether discards are passed on, which shows what is unused.
  public var allowsDiscards = false
  /// The unit of encryption; initialisation vectors count such units.
  public var sectorSize: Bytes = 512
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
    var hasLargeSectorIVs = false
    try fields.group("feature count") { fields throws(ParseError) in
      let word = try fields.word("feature", escaped: true)
      if word == "allow_discards" {
        features.allowsDiscards = true
      } else if word == "iv_large_sectors" {
        hasLargeSectorIVs = true
      } else if word == "keytype:raw" {
        features.keyType = .raw
      } else if word == "keytype:hw-wrapped" {
        features.keyType = .hardwareWrapped
      } else if let value = word.dropping("sector_size:") {
        let size: UInt64 = try fields.number(in: value, "sector size")
        features.sectorSize = Bytes(size)
      } else if let word = TargetWord(bytes: word.bytes) {
        features.unknown.append(word)
      }
    }
    if features.sectorSize != 512, !hasLargeSectorIVs {
      throw fields.rejected(
        ParameterError(.inlinecrypt, "sector_size", rule: "used with iv_large_sectors"))
    }
    self = features
  }

  func write(to text: inout TextWriter) {
    // Kernels print no count when there is no feature.
    if self == InlinecryptFeatures() { return }
    text.group { text in
      if keyType != .raw { text.text("keytype:\(keyType)") }
      if allowsDiscards { text.word("allow_discards") }
      if sectorSize != 512 {
        text.text("sector_size:\(sectorSize.rawValue)")
        text.word("iv_large_sectors")
      }
      for word in unknown { text.openWord(word) }
    }
  }
}

/// The status of `inlinecrypt`, which has no fields.
public struct InlinecryptStatus: FieldlessStatus {
  /// The type of target.
  public static var targetType: TargetType { .inlinecrypt }

  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates the status from the fields that a later kernel added.
  public init(trailing: TargetText) { self.trailing = trailing }
}
