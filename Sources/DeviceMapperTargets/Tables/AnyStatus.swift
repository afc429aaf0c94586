/// The status of any target, typed where this package has a type for it.
public enum AnyStatus: TargetContent {
  /// `cache`.
  case cache(CacheDevStatus)
  /// `delay`.
  case delay(DelayStatus)
  /// `error`.
  case error(ErrorStatus)
  /// `flakey`.
  case flakey(FlakeyStatus)
  /// `linear`.
  case linear(LinearStatus)
  /// `raid`.
  case raid(RaidStatus)
  /// `striped`.
  case striped(StripedStatus)
  /// `thin`.
  case thin(ThinStatus)
  /// `thin-pool`.
  case thinPool(ThinPoolStatus)
  /// `zero`.
  case zero(ZeroStatus)
  /// A target without a type here, kept as it is.
  case other(VerbatimTarget)

  /// Reads the fields of a line of `type`.
  public init(type: TargetType, fields: inout FieldScanner) throws(ParseError) {
    switch type {
    case .cache: self = .cache(try CacheDevStatus(fields: &fields))
    case .delay: self = .delay(try DelayStatus(fields: &fields))
    case .error: self = .error(ErrorStatus(fields: &fields))
    case .flakey: self = .flakey(FlakeyStatus(fields: &fields))
    case .linear: self = .linear(LinearStatus(fields: &fields))
    case .raid: self = .raid(try RaidStatus(fields: &fields))
    case .striped: self = .striped(try StripedStatus(fields: &fields))
    case .thin: self = .thin(try ThinStatus(fields: &fields))
    case .thinPool: self = .thinPool(try ThinPoolStatus(fields: &fields))
    case .zero: self = .zero(ZeroStatus(fields: &fields))
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
extension AnyStatus: Codable {
  /// Decodes the type of target, then its fields.
  public init(from decoder: any Decoder) throws {
    switch try TargetTypeKey.decode(from: decoder) {
    case .cache: self = .cache(try CacheDevStatus(from: decoder))
    case .delay: self = .delay(try DelayStatus(from: decoder))
    case .error: self = .error(try ErrorStatus(from: decoder))
    case .flakey: self = .flakey(try FlakeyStatus(from: decoder))
    case .linear: self = .linear(try LinearStatus(from: decoder))
    case .raid: self = .raid(try RaidStatus(from: decoder))
    case .striped: self = .striped(try StripedStatus(from: decoder))
    case .thin: self = .thin(try ThinStatus(from: decoder))
    case .thinPool: self = .thinPool(try ThinPoolStatus(from: decoder))
    case .zero: self = .zero(try ZeroStatus(from: decoder))
    default: self = .other(try VerbatimTarget(from: decoder))
    }
  }

  /// Encodes the type of target and its fields.
  public func encode(to encoder: any Encoder) throws {
    try TargetTypeKey.encode(targetType, to: encoder)
    try content.encode(to: encoder)
  }
}

extension AnyStatus {
  /// How the target is doing; of a target without a type here, nothing is known to be wrong.
  public var health: Health { (content as? any TargetStatus)?.health ?? .healthy }
}
