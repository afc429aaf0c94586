/// The status of any target, typed where this package has a type for it.
public enum AnyStatus: TargetContent {
  /// `linear`.
  case linear(LinearStatus)
  /// `thin-pool`.
  case thinPool(ThinPoolStatus)
  /// A target without a type here, kept as it is.
  case other(VerbatimTarget)

  /// Reads the fields of a line of `type`.
  public init(type: TargetType, fields: inout FieldScanner) throws(ParseError) {
    switch type {
    case .linear: self = .linear(LinearStatus(fields: &fields))
    case .thinPool: self = .thinPool(try ThinPoolStatus(fields: &fields))
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
