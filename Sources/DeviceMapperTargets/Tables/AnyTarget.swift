/// The parameters of any target, typed where this package has a type for it.
public enum AnyTarget: TargetContent {
  /// `linear`.
  case linear(LinearTargetParams)
  /// `thin-pool`.
  case thinPool(ThinPoolTargetParams)
  /// A target without a type here, kept as it is.
  case other(VerbatimTarget)

  /// Reads the fields of a line of `type`.
  public init(type: TargetType, fields: inout FieldScanner) throws(ParseError) {
    switch type {
    case .linear: self = .linear(try LinearTargetParams(fields: &fields))
    case .thinPool: self = .thinPool(try ThinPoolTargetParams(fields: &fields))
    default: self = .other(VerbatimTarget(type: type, fields: &fields))
    }
  }

  /// The typed content.
  public var content: any TargetContent {
    switch self {
    case .linear(let content): content
    case .thinPool(let content): content
    case .other(let content): content
    }
  }

  /// The type of target.
  public var targetType: TargetType { content.targetType }

  /// Appends the fields.
  public func write(to text: inout TextWriter) { content.write(to: &text) }
}

/// One object in JSON: `target` and, beside it, the fields of that target.
extension AnyTarget: Codable {
  /// Decodes the type of target, then its fields.
  public init(from decoder: any Decoder) throws {
    switch try TargetTypeKey.decode(from: decoder) {
    case .linear: self = .linear(try LinearTargetParams(from: decoder))
    case .thinPool: self = .thinPool(try ThinPoolTargetParams(from: decoder))
    default: self = .other(try VerbatimTarget(from: decoder))
    }
  }

  /// Encodes the type of target and its fields.
  public func encode(to encoder: any Encoder) throws {
    try TargetTypeKey.encode(targetType, to: encoder)
    try content.encode(to: encoder)
  }
}
