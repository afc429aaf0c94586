/// What a status says of something that a device does only if its table says so.
///
/// Text: nothing, `-` or a number. In JSON `null`, `"off"` or the number.
public enum FeatureReport<Value: Hashable & Sendable & Codable>: Hashable, Sendable {
  /// Nothing: the kernel is older than the field.
  case unreported
  /// The device doesn't do it.
  case off
  /// It does, with this figure.
  case on(Value)

  /// The figure, if there is one.
  public var value: Value? { if case .on(let value) = self { value } else { nil } }

  /// Reads the field, if there is one.
  init(
    fields: inout FieldScanner, _ value: (inout FieldScanner) throws(ParseError) -> Value
  ) throws(ParseError) {
    if fields.isAtEnd() {
      self = .unreported
    } else if fields.skip("-") {
      self = .off
    } else {
      self = .on(try value(&fields))
    }
  }
}

extension FeatureReport: Codable {
  /// Decodes the figure, `"off"` or `null`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .unreported
    } else if let value = try? container.decode(Value.self) {
      self = .on(value)
    } else if try container.decode(String.self) == "off" {
      self = .off
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "neither a number nor off nor null")
    }
  }

  /// Encodes the figure, `"off"` or `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .unreported: try container.encodeNil()
    case .off: try container.encode("off")
    case .on(let value): try container.encode(value)
    }
  }
}
