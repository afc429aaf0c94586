public import DeviceMapperTargets

/// The name of a group, which people see instead of its number.
///
/// It stands between other text in the leader's auxiliary data, which sets its limits: not empty, no
/// colon, quote, number sign, line break or other control character than a tab. File names may have
/// any of them; see ``init(sanitizing:for:)``.
public struct GroupAlias: Hashable, Sendable {
  /// The bytes of the name.
  public let text: TargetText

  /// Keeps a name that stands in a tag.
  init(found text: TargetText) { self.text = text }

  /// Checks a name.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/invalidAlias`` and the byte that it can't have.
  public init(_ name: String) throws(StatsError) { try self.init(checking: TargetText(name)) }

  /// Checks a name.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/invalidAlias`` and the byte that it can't have.
  public init(checking text: TargetText) throws(StatsError) {
    let bytes = text.bytes
    for index in bytes.indices where Self.isForbidden(bytes[index]) {
      throw StatsError(.invalidAlias, context: .byte(bytes[index], offset: index))
    }
    guard !bytes.isEmpty else { throw StatsError(.invalidAlias, context: .empty) }
    self.text = text
  }

  /// Makes a name of any text, such as that of a file, with `_` for each byte that it can't have.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - spelling: How the name will be written; a plain one can't have blanks either.
  /// - Returns: `nil` if the text is empty.
  public init?(sanitizing text: TargetText, for spelling: GroupTag.Spelling = .installed) {
    guard !text.isEmpty else { return nil }
    let bytes = text.bytes
    var clean: [UInt8] = []
    for index in bytes.indices {
      let isForbidden =
        Self.isForbidden(bytes[index]) || spelling == .plain && bytes[index].isBlank
      clean.append(isForbidden ? UInt8(ascii: "_") : bytes[index])
    }
    self.text = TargetText(sharing: clean[...])
  }

  /// Makes sure that a tag of this spelling can have the name, which may have been found or decoded.
  func check(for spelling: GroupTag.Spelling) throws(StatsError) {
    _ = try GroupAlias(checking: text)
    guard spelling == .plain else { return }
    let bytes = text.bytes
    for index in bytes.indices where bytes[index].isBlank {
      throw StatsError(.invalidAlias, context: .byte(bytes[index], offset: index))
    }
  }

  private static func isForbidden(_ byte: UInt8) -> Bool {
    switch byte {
    // A colon ends the alias for one generation of dmstats, quotes enclose it for the other.
    case UInt8(ascii: ":"), UInt8(ascii: "\""), UInt8(ascii: "#"): true
    case UInt8(ascii: "\t"): false
    default: byte < 0x20 || byte == 0x7f
    }
  }
}

extension GroupAlias: CustomStringConvertible {
  /// The name, with every byte that is not part of UTF-8 shown as `\xNN`.
  public var description: String { text.description }
}

extension GroupAlias: Codable {
  /// Decodes the name like any text.
  public init(from decoder: any Decoder) throws {
    self.init(found: try TargetText(from: decoder))
  }

  /// Encodes the name like any text.
  public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}
