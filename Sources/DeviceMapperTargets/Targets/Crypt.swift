/// The parameters of `crypt`: a device whose content is encrypted on the device below.
///
/// Text: `CIPHER KEY IV_OFFSET DEVICE START [COUNT FEATURE…]`.
/// Kernel document: `admin-guide/device-mapper/dm-crypt.rst`.
///
/// The text holds the key; a description and JSON don't, unless asked for as ``KeyMaterial`` says. A
/// table whose key is hidden loads, and encrypts with zeros.
public struct CryptTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = CryptStatus
  /// A message to the target.
  public typealias Message = CryptMessage

  /// The type of target.
  public static var targetType: TargetType { .crypt }

  /// The sizes of the unit of encryption that the kernel has.
  public static let sectorSizes: [Bytes] = [512, 1024, 2048, 4096]
  /// The lengths of a tag on disk that the kernel has, in bytes.
  public static let tagSizes: ClosedRange<UInt32> = 1...480

  /// The algorithm, the mode and what makes the initialisation vectors.
  public let cipher: CryptCipher
  /// The key.
  public var key: KeySpecification
  /// What is added to a sector's number to make its initialisation vector.
  public let ivOffset: Sectors
  /// The device below.
  public var device: DeviceReference
  /// The first sector of the range on the device below.
  public let start: Sectors
  /// How the device differs from the default.
  public let features: CryptFeatures

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if the cipher lacks a part or doesn't go with the tags, a key of the key
  ///   ring is none that the kernel looks up, the sector size or the tag size is none that the kernel has,
  ///   or an offset is no multiple of the sector size.
  public init(
    cipher: CryptCipher, key: KeySpecification, ivOffset: Sectors = 0, device: DeviceReference,
    start: Sectors = 0, features: CryptFeatures = CryptFeatures()
  ) throws(ParameterError) {
    try cipher.check()
    guard Self.sectorSizes.contains(features.sectorSize) else {
      throw ParameterError(Self.targetType, "sector_size", rule: "512, 1024, 2048 or 4096 bytes")
    }
    guard ivOffset.isMultiple(of: features.sectors) else {
      throw ParameterError(Self.targetType, "iv offset", rule: "a multiple of the sector size")
    }
    guard start.isMultiple(of: features.sectors) else {
      throw ParameterError(Self.targetType, "start", rule: "a multiple of the sector size")
    }
    if let integrity = features.integrity {
      guard Self.tagSizes.contains(integrity.tagSize) else {
        throw ParameterError(Self.targetType, "integrity", rule: "a tag of 1 to 480 bytes")
      }
      guard integrity.profile != .aead || cipher.isOfCryptoInterface else {
        throw ParameterError(Self.targetType, "integrity", rule: "aead with a cipher of capi: only")
      }
    }
    guard features.integrityKeySize != 0 else {
      throw ParameterError(Self.targetType, "integrity_key_size", rule: "more than zero")
    }
    try key.check(Self.targetType)
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
    let cipher: CryptCipher = try fields.name("cipher")
    let key = try KeySpecification(fields: &fields)
    let offset: Sectors = try fields.quantity("iv offset")
    let device = try fields.device("device")
    let start: Sectors = try fields.quantity("start")
    let features = try CryptFeatures(fields: &fields)
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
    let cipher = try values.decode(CryptCipher.self, forKey: .cipher)
    let key = try values.decode(KeySpecification.self, forKey: .key)
    let offset = try values.decode(Sectors.self, forKey: .ivOffset)
    let device = try values.decode(DeviceReference.self, forKey: .device)
    let start = try values.decode(Sectors.self, forKey: .start)
    let features = try values.decode(CryptFeatures.self, forKey: .features)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(
        cipher: cipher, key: key, ivOffset: offset, device: device, start: start,
        features: features)
    }
  }

  /// Appends the fields, the key included.
  public func write(to text: inout TextWriter) {
    text.name(cipher)
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

/// The status of `crypt`, which has no fields.
public struct CryptStatus: FieldlessStatus {
  /// The type of target.
  public static var targetType: TargetType { .crypt }

  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates the status from the fields that a later kernel added.
  public init(trailing: TargetText) { self.trailing = trailing }
}

/// A message to a `crypt` device, which must be suspended, else `EINVAL`.
public enum CryptMessage: TargetMessage {
  /// Use this key, which is as long as the one before.
  case setKey(KeySpecification)
  /// Forget the key; the device can't be resumed without a new one (`EAGAIN`).
  case wipeKey

  /// Appends the words of the message, the key included.
  public func write(to text: inout TextWriter) {
    text.word("key")
    switch self {
    case .setKey(let key):
      text.word("set")
      key.write(to: &text)
    case .wipeKey: text.word("wipe")
    }
  }
}
