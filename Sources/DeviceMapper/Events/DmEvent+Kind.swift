extension DmEvent {
  /// A kind of event.
  ///
  /// Kinds may be added with any version.
  public struct Kind: Hashable, Sendable {
    private let key: StaticStringKey
    /// The family of the kind.
    public let family: Family
    private let text: StaticStringKey

    init(_ name: StaticString, _ family: Family, _ summary: StaticString) {
      key = StaticStringKey(name)
      self.family = family
      text = StaticStringKey(summary)
    }

    /// The name, for example `thin_low_water`; it never changes.
    public var name: String { key.string.description }

    /// What the kind means, in half a sentence.
    public var summary: String { text.string.description }

    /// Whether two kinds have one name.
    public static func == (left: Kind, right: Kind) -> Bool { left.key == right.key }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
  }
}

extension DmEvent.Kind: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}

extension DmEvent.Kind: Codable {
  /// Decodes the name of a kind that this version has.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let kind = Self.all.first(where: { $0.name == name }) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(name)\" is no kind of event")
    }
    self = kind
  }

  /// Encodes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
