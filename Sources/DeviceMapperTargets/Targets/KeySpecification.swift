/// The key of a `crypt` or `inlinecrypt` target.
///
/// Text: hexadecimal digits, `-` for none, or `:BYTES:TYPE:DESCRIPTION` for one that the kernel looks
/// up in its key rings.
public enum KeySpecification: Hashable, Sendable {
  /// No key, for ciphers that need none.
  case none
  /// The key itself, or the place of one that is hidden.
  case hex(KeyMaterial)
  /// A key of the kernel's key rings, which isn't in the table.
  case keyring(KeyringKey)

  /// Reads the word of a table, or returns `nil` when it is no key.
  public init?(_ text: String) {
    let utf8 = text.utf8
    self.init(word: utf8.span)
  }

  init?(word: Span<UInt8>) {
    guard !word.isEmpty else { return nil }
    if word.isEqual(to: "-") {
      self = .none
    } else if word[0] == UInt8(ascii: ":") {
      guard let key = KeyringKey(word: word) else { return nil }
      self = .keyring(key)
    } else {
      guard let key = KeyMaterial(hex: word) else { return nil }
      self = .hex(key)
    }
  }

  /// Checks what kernels demand of the name of a key before they look it up.
  func check(_ target: TargetType) throws(ParameterError) {
    guard case .keyring(let key) = self else { return }
    guard key.byteCount > 0 else {
      throw ParameterError(target, "key", rule: "of a byte or more")
    }
    // Escaped or not: a kernel prints the name as it is, and wouldn't read it again.
    let name = key.name.bytes
    for index in name.indices where FieldScanner.isBlank(name[index]) {
      throw ParameterError(target, "key", rule: "one with a description without blanks")
    }
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    let expected = "hexadecimal digits, :BYTES:TYPE:DESCRIPTION or -"
    let word = try fields.word("key", expected: expected, escaped: true)
    guard let key = KeySpecification(word: word.bytes) else {
      throw fields.unexpected(word, "key", expected: expected)
    }
    self = key
  }

  func write(to text: inout TextWriter) {
    switch self {
    case .none: text.word("-")
    case .hex(let key):
      text.beginWord()
      key.append(to: &text)
    case .keyring(let key): text.text(key.text)
    }
  }
}

extension KeySpecification: CustomStringConvertible {
  /// The kind of key, without the key itself.
  public var description: String {
    switch self {
    case .none: "-"
    case .hex(let key): key.description
    case .keyring(let key): key.text.description
    }
  }
}

/// A stable form in JSON: a `type` of `none`, `hex` or `keyring`, and beside it the fields of
/// ``KeyMaterial`` or ``KeyringKey``.
extension KeySpecification: Codable {
  private enum Kind: String, Codable {
    case none, hex, keyring
  }

  private enum CodingKeys: CodingKey {
    case type
  }

  /// Decodes the type and its fields.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    switch try values.decode(Kind.self, forKey: .type) {
    case .none: self = .none
    case .hex: self = .hex(try KeyMaterial(from: decoder))
    case .keyring: self = .keyring(try KeyringKey(from: decoder))
    }
  }

  /// Encodes the type and its fields.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .none: try container.encode(Kind.none, forKey: .type)
    case .hex(let key):
      try container.encode(Kind.hex, forKey: .type)
      try key.encode(to: encoder)
    case .keyring(let key):
      try container.encode(Kind.keyring, forKey: .type)
      try key.encode(to: encoder)
    }
  }
}

/// A key of the kernel's key rings: `:BYTES:TYPE:DESCRIPTION`.
public struct KeyringKey: Hashable, Sendable, Codable {
  private enum CodingKeys: String, CodingKey {
    case byteCount, keyType, name = "description"
  }

  /// The length of the key in bytes.
  public var byteCount: UInt32
  /// The kind of key.
  public var keyType: KeyringKeyType
  /// What the key is called in its ring, `description` in JSON and in the kernel; it may contain
  /// colons.
  public var name: TargetWord

  /// Creates the name of a key.
  public init(byteCount: UInt32, keyType: KeyringKeyType, name: TargetWord) {
    self.byteCount = byteCount
    self.keyType = keyType
    self.name = name
  }

  init?(word: Span<UInt8>) {
    let colon = UInt8(ascii: ":")
    let rest = word.extracting(droppingFirst: 1)
    guard let end = rest.firstIndex(of: colon),
      let byteCount = rest.extracting(first: end).decimal(as: UInt32.self)
    else { return nil }
    let tail = rest.extracting(droppingFirst: end + 1)
    guard let typeEnd = tail.firstIndex(of: colon),
      let type = TargetWord(bytes: tail.extracting(first: typeEnd)),
      let name = TargetWord(bytes: tail.extracting(droppingFirst: typeEnd + 1))
    else { return nil }
    self.init(byteCount: byteCount, keyType: KeyringKeyType(rawValue: type), name: name)
  }

  var text: TargetText {
    var writer = TextWriter()
    writer.text(":\(byteCount):")
    writer.append(keyType.rawValue.bytes)
    writer.append([UInt8(ascii: ":")].span)
    writer.append(name.bytes)
    return writer.text
  }
}

/// The kind of a key in the kernel's key rings.
public struct KeyringKeyType: OpenName {
  /// The name as the kernel spells it.
  public var rawValue: TargetWord

  /// Creates a name from its word.
  public init(rawValue: TargetWord) { self.rawValue = rawValue }

  /// A key that user space can't read back.
  public static let logon: KeyringKeyType = "logon"
  /// A key that user space can read back.
  public static let user: KeyringKeyType = "user"
  /// A key that leaves the kernel only encrypted (Linux 5.11).
  public static let encrypted: KeyringKeyType = "encrypted"
  /// A key that leaves the kernel only sealed by a trusted device (Linux 5.11).
  public static let trusted: KeyringKeyType = "trusted"
}
