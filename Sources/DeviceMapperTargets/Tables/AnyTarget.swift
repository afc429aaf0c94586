/// The parameters of any target, typed where this package has a type for it.
public enum AnyTarget: TargetContent {
  /// `cache`.
  case cache(CacheTargetParams)
  /// `delay`.
  case delay(DelayTargetParams)
  /// `error`.
  case error(ErrorTargetParams)
  /// `flakey`.
  case flakey(FlakeyTargetParams)
  /// `linear`.
  case linear(LinearTargetParams)
  /// `raid`.
  case raid(RaidTargetParams)
  /// `striped`.
  case striped(StripedTargetParams)
  /// `thin`.
  case thin(ThinTable)
  /// `thin-pool`.
  case thinPool(ThinPoolTargetParams)
  /// `zero`.
  case zero(ZeroTargetParams)
  /// A target without a type here, kept as it is.
  case other(VerbatimTarget)

  /// Reads the fields of a line of `type`.
  public init(type: TargetType, fields: inout FieldScanner) throws(ParseError) {
    switch type {
    case .cache: self = .cache(try CacheTargetParams(fields: &fields))
    case .delay: self = .delay(try DelayTargetParams(fields: &fields))
    case .error: self = .error(try ErrorTargetParams(fields: &fields))
    case .flakey: self = .flakey(try FlakeyTargetParams(fields: &fields))
    case .linear: self = .linear(try LinearTargetParams(fields: &fields))
    case .raid: self = .raid(try RaidTargetParams(fields: &fields))
    case .striped: self = .striped(try StripedTargetParams(fields: &fields))
    case .thin: self = .thin(try ThinTable(fields: &fields))
    case .thinPool: self = .thinPool(try ThinPoolTargetParams(fields: &fields))
    case .zero: self = .zero(try ZeroTargetParams(fields: &fields))
    default: self = .other(VerbatimTarget(type: type, fields: &fields))
    }
  }

  /// The typed content.
  public var content: any TargetContent {
    switch self {
    case .cache(let content): content
    case .delay(let content): content
    case .error(let content): content
    case .flakey(let content): content
    case .linear(let content): content
    case .raid(let content): content
    case .striped(let content): content
    case .thin(let content): content
    case .thinPool(let content): content
    case .zero(let content): content
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
    case .cache: self = .cache(try CacheTargetParams(from: decoder))
    case .delay: self = .delay(try DelayTargetParams(from: decoder))
    case .error: self = .error(try ErrorTargetParams(from: decoder))
    case .flakey: self = .flakey(try FlakeyTargetParams(from: decoder))
    case .linear: self = .linear(try LinearTargetParams(from: decoder))
    case .raid: self = .raid(try RaidTargetParams(from: decoder))
    case .striped: self = .striped(try StripedTargetParams(from: decoder))
    case .thin: self = .thin(try ThinTable(from: decoder))
    case .thinPool: self = .thinPool(try ThinPoolTargetParams(from: decoder))
    case .zero: self = .zero(try ZeroTargetParams(from: decoder))
    default: self = .other(try VerbatimTarget(from: decoder))
    }
  }

  /// Encodes the type of target and its fields.
  public func encode(to encoder: any Encoder) throws {
    try TargetTypeKey.encode(targetType, to: encoder)
    try content.encode(to: encoder)
  }
}
