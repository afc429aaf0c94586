/// The bytes of a key, which are shown only to who asks for them.
///
/// A description, a reflection and JSON have the number of bytes and no more; the text for the kernel
/// has the key. The memory of a key is overwritten when the last value that has it goes away. Bytes
/// that are all zero are no key but the place of one: `dmsetup` shows keys like that, and kernels those
/// that were wiped.
public struct KeyMaterial: Hashable, Sendable {
  /// The lengths that a key has here, in bytes.
  public static let byteCounts: ClosedRange<Int> = 1...65536

  /// The length of the key in bytes.
  public let byteCount: Int
  /// The key; `nil` when it is hidden.
  private let secret: SecretBytes?

  /// Creates a key, or returns `nil` when it is longer than ``byteCounts`` allow or empty.
  public init?(bytes: [UInt8]) {
    guard Self.byteCounts.contains(bytes.count) else { return nil }
    byteCount = bytes.count
    secret = bytes.allSatisfy { $0 == 0 } ? nil : SecretBytes(bytes)
  }

  /// Creates a key of pairs of hexadecimal digits, or returns `nil` for anything else.
  public init?(hex: String) {
    let utf8 = hex.utf8
    self.init(hex: utf8.span)
  }

  init?(hex: Span<UInt8>) {
    guard let bytes = HexBytes.decode(hex) else { return nil }
    self.init(bytes: bytes)
  }

  /// Creates the place of a key, or returns `nil` when it is longer than ``byteCounts`` allow.
  public init?(hiddenByteCount: Int) {
    guard Self.byteCounts.contains(hiddenByteCount) else { return nil }
    byteCount = hiddenByteCount
    secret = nil
  }

  /// Whether the bytes are not known.
  public var isHidden: Bool { secret == nil }

  /// The key itself, which is a secret; `nil` when it is hidden.
  public var revealedBytes: [UInt8]? { secret?.bytes }

  /// The same length without the key.
  public var hidden: KeyMaterial { KeyMaterial(hiddenByteCount: byteCount) ?? self }

  /// Appends the digits for the kernel without a separator, or zeros in their place.
  func append(to text: inout TextWriter) {
    if let secret, !text.hidesKeys {
      text.append(hexadecimal: secret.bytes.span)
    } else {
      for _ in 0..<byteCount { text.append(hexadecimal: [0].span) }
    }
  }
}

extension KeyMaterial {
  /// Whether two keys have the same bytes, or are the same length without them.
  public static func == (left: KeyMaterial, right: KeyMaterial) -> Bool {
    left.byteCount == right.byteCount && left.revealedBytes == right.revealedBytes
  }

  /// Hashes the bytes, or the length without them.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(byteCount)
    hasher.combine(revealedBytes)
  }
}

extension KeyMaterial: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The length: `(hidden key of 64 bytes)`.
  public var description: String { "(hidden key of \(byteCount) bytes)" }

  /// The length: `(hidden key of 64 bytes)`.
  public var debugDescription: String { description }

  /// The length and no more.
  public var customMirror: Mirror { Mirror(self, children: ["byteCount": byteCount]) }
}

/// A stable form in JSON: `byteCount`, and `hex` if that was asked for by setting
/// `CodingUserInfoKey.includesKeyMaterial`.
extension KeyMaterial: Codable {
  private enum CodingKeys: CodingKey {
    case byteCount, hex
  }

  /// Decodes the digits, or the length of a hidden key.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let key =
      if let hex = try values.decodeIfPresent(String.self, forKey: .hex) {
        KeyMaterial(hex: hex)
      } else {
        KeyMaterial(hiddenByteCount: try values.decode(Int.self, forKey: .byteCount))
      }
    guard let key else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a key"))
    }
    self = key
  }

  /// Encodes the length and, if that was asked for, the digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(byteCount, forKey: .byteCount)
    if let revealedBytes, encoder.userInfo[.includesKeyMaterial] as? Bool == true {
      try container.encode(HexBytes(revealedBytes), forKey: .hex)
    }
  }
}

extension CodingUserInfoKey {
  /// Set to `true` on an encoder, keys are encoded; without that, only their lengths are.
  public static let includesKeyMaterial: CodingUserInfoKey = {
    guard let key = CodingUserInfoKey(rawValue: "DeviceMapperTargets.includesKeyMaterial") else {
      preconditionFailure("every string is the raw value of a key")
    }
    return key
  }()
}

extension ParseError {
  /// The error without the text that was found, which may be a key.
  func hidingText() -> ParseError {
    var error = self
    if !error.found.isEmpty { error.found = "(hidden)" }
    return error
  }
}
