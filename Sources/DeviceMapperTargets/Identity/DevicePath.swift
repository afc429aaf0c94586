/// The path of a device node, for example `/dev/mapper/data`: absolute, any bytes but NUL.
public struct DevicePath: Hashable, Sendable {
  private let text: TargetText

  /// Creates a path, or returns `nil` unless it begins with `/` and has no NUL.
  public init?(_ path: String) { self.init(bytes: Array(path.utf8).span) }

  /// Creates a path from bytes, or returns `nil` unless they begin with `/` and have no NUL.
  public init?(bytes: Span<UInt8>) {
    guard !bytes.isEmpty, bytes[0] == UInt8(ascii: "/"), bytes.firstIndex(of: 0) == nil else {
      return nil
    }
    text = TargetText(bytes: bytes)
  }

  /// Creates a path from a table's word, in which a backslash quotes the byte behind it.
  package init?(escaped word: Span<UInt8>) {
    let backslash = UInt8(ascii: "\\")
    guard word.firstIndex(of: backslash) != nil else {
      self.init(bytes: word)
      return
    }
    var bytes: [UInt8] = []
    var index = 0
    while index < word.count {
      if word[index] == backslash, index + 1 < word.count { index += 1 }
      bytes.append(word[index])
      index += 1
    }
    self.init(bytes: bytes.span)
  }

  /// The bytes of the path.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { text.bytes }
  }

  /// The path as a string, or `nil` when it isn't UTF-8.
  public var string: String? { text.string }
}

extension DevicePath: CustomStringConvertible {
  /// The path, with every byte that is not part of UTF-8 shown as `\xNN`.
  public var description: String { text.description }
}

extension DevicePath: Codable {
  /// Decodes the path like any text.
  public init(from decoder: any Decoder) throws {
    let text = try TargetText(from: decoder)
    guard let path = DevicePath(bytes: text.bytes) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not an absolute path"))
    }
    self = path
  }

  /// Encodes the path like any text.
  public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}
