/// A table of `linear` and `flakey` lines, such as the crate's `LinearDev` has.
public typealias LinearDevTargetTable = TargetTable<LinearDevTargetParams>

/// The parameters of a line of a linear device: `linear`, or `flakey` to try out faults.
///
/// The two can stand in one table; each is a range of the device that is a range of another one.
public enum LinearDevTargetParams: TargetContent {
  /// `linear`.
  case linear(LinearTargetParams)
  /// `flakey`.
  case flakey(FlakeyTargetParams)

  /// The types of target that such a device has.
  public static let targetTypes: [TargetType] = [.linear, .flakey]

  /// Reads the fields of a line of `type`.
  public init(type: TargetType, fields: inout FieldScanner) throws(ParseError) {
    switch type {
    case .linear: self = .linear(try LinearTargetParams(fields: &fields))
    case .flakey: self = .flakey(try FlakeyTargetParams(fields: &fields))
    default:
      throw ParseError(
        .wrongTarget, target: type, field: "target type", offset: fields.offset,
        expected: "linear or flakey", found: TargetText(bytes: type.bytes))
    }
  }

  /// The type of target.
  public var targetType: TargetType {
    switch self {
    case .linear: .linear
    case .flakey: .flakey
    }
  }

  /// The device below.
  public var device: DeviceReference {
    switch self {
    case .linear(let params): params.device
    case .flakey(let params): params.device
    }
  }

  /// The first sector of the range on the device below.
  public var start: Sectors {
    switch self {
    case .linear(let params): params.start
    case .flakey(let params): params.start
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    switch self {
    case .linear(let params): params.write(to: &text)
    case .flakey(let params): params.write(to: &text)
    }
  }
}

/// One object in JSON: `target` and, beside it, the fields of that target.
extension LinearDevTargetParams: Codable {
  /// Decodes the type of target, then its fields.
  public init(from decoder: any Decoder) throws {
    switch try TargetTypeKey.decode(from: decoder) {
    case .linear: self = .linear(try LinearTargetParams(from: decoder))
    case .flakey: self = .flakey(try FlakeyTargetParams(from: decoder))
    case let type:
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "\"\(type)\" is neither linear nor flakey"))
    }
  }

  /// Encodes the type of target and its fields.
  public func encode(to encoder: any Encoder) throws {
    try TargetTypeKey.encode(targetType, to: encoder)
    switch self {
    case .linear(let params): try params.encode(to: encoder)
    case .flakey(let params): try params.encode(to: encoder)
    }
  }
}

extension LinearDevTargetParams: CustomStringConvertible {
  /// The content as text, as it stands behind the type in a line.
  public var description: String { text.description }
}
