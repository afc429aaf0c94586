/// Bytes that a table spells as hexadecimal digits, such as a digest; one at least.
public struct HexBytes: Hashable, Sendable {
  /// The bytes.
  public let bytes: [UInt8]

  /// Wraps `bytes`, or returns `nil` when there are none.
  public init?(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return nil }
    self.bytes = bytes
  }

  /// Reads pairs of hexadecimal digits of any case, or returns `nil` for anything else.
  public init?(hex: Span<UInt8>) {
    guard let bytes = Self.decode(hex), !bytes.isEmpty else { return nil }
    self.bytes = bytes
  }

  /// The bytes of pairs of hexadecimal digits, or `nil` for anything else.
  static func decode(_ hex: Span<UInt8>) -> [UInt8]? {
    guard hex.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hex.count / 2)
    var index = 0
    while index < hex.count {
      guard let high = digit(hex[index]), let low = digit(hex[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
      index += 2
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The lower-case digit for a number below sixteen, as the kernel prints them.
  static func digit(of number: UInt8) -> UInt8 {
    number < 10 ? UInt8(ascii: "0") + number : UInt8(ascii: "a") - 10 + number
  }
}

extension HexBytes: LosslessStringConvertible {
  /// The bytes as lower-case digits.
  public var description: String {
    var text = TextWriter()
    text.append(hexadecimal: bytes.span)
    return text.text.description
  }

  /// Reads pairs of hexadecimal digits of any case, or returns `nil` for anything else.
  public init?(_ description: String) {
    let utf8 = description.utf8
    self.init(hex: utf8.span)
  }
}

extension HexBytes: Codable {
  /// Decodes a string of digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let bytes = HexBytes(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text)\" is not pairs of hexadecimal digits")
    }
    self = bytes
  }

  /// Encodes a string of lower-case digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension FieldScanner {
  /// Reads pairs of hexadecimal digits.
  mutating func hexBytes(_ field: StaticString) throws(ParseError) -> HexBytes {
    let word = try word(field, expected: "pairs of hexadecimal digits")
    guard let bytes = HexBytes(hex: word.bytes) else {
      throw unexpected(word, field, expected: "pairs of hexadecimal digits")
    }
    return bytes
  }
}
