/// A name of an open set: those that the kernel has today are static members, a module may add more.
public protocol OpenName: RawRepresentable, Hashable, Sendable, Codable,
  ExpressibleByStringLiteral, CustomStringConvertible
where RawValue == TargetWord {
  /// Creates a name from its word.
  init(rawValue: TargetWord)
}

extension OpenName {
  /// Creates a name from a literal.
  ///
  /// - Precondition: the literal is one word.
  public init(stringLiteral value: String) {
    self.init(rawValue: TargetWord(stringLiteral: value))
  }

  /// The name as the kernel spells it.
  public var description: String { rawValue.description }

  /// Decodes the name as the kernel spells it.
  public init(from decoder: any Decoder) throws {
    self.init(rawValue: try TargetWord(from: decoder))
  }

  /// Encodes the name as the kernel spells it.
  public func encode(to encoder: any Encoder) throws { try rawValue.encode(to: encoder) }
}
