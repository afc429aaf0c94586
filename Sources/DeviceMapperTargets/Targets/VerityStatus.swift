/// The status of `verity`.
///
/// Text: `V` or `C`, and from Linux 6.19 on `-` or the number of blocks that were repaired.
/// Kernel document: `admin-guide/device-mapper/verity.rst`.
public struct VerityStatus: TargetStatus {
  /// What was found of the blocks that were read so far.
  public enum State: Keyword {
    /// All of them are what their digests say (`V`).
    case valid
    /// One isn't, and wasn't repaired; that stays until the table is loaded again (`C`).
    case corrupted

    /// The word in JSON.
    public var keyword: StaticString {
      switch self {
      case .valid: "valid"
      case .corrupted: "corrupted"
      }
    }
  }

  /// What a status says of repairs.
  public enum Correction: Hashable, Sendable {
    /// Nothing: the kernel is older than 6.19.
    case unreported
    /// There are none, since the table has no code for that.
    case off
    /// So many blocks were repaired.
    case corrected(UInt64)
  }

  /// The type of target.
  public static var targetType: TargetType { .verity }

  /// What was found of the blocks that were read so far.
  public var state: State
  /// What was repaired.
  public var correction: Correction
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    state: State, correction: Correction = .unreported, trailing: TargetText = TargetText()
  ) {
    self.state = state
    self.correction = correction
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let word = try fields.word("state", expected: "V or C")
    switch word {
    case "V": state = .valid
    case "C": state = .corrupted
    default: throw fields.unexpected(word, "state", expected: "V or C", reason: .unknownWord)
    }
    if fields.isAtEnd() {
      correction = .unreported
    } else if fields.skip("-") {
      correction = .off
    } else {
      correction = .corrected(try fields.number("corrected blocks"))
    }
    trailing = fields.remainder()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    switch state {
    case .valid: text.word("V")
    case .corrupted: text.word("C")
    }
    switch correction {
    case .unreported: return
    case .off: text.word("-")
    case .corrected(let count): text.number(count)
    }
    text.text(trailing)
  }

  /// Failed when a block was found corrupted; degraded when blocks were repaired.
  public var health: Health {
    var health = Health.healthy
    if state == .corrupted { health.add(.failed, "data corrupted") }
    if case .corrected(let count) = correction, count > 0 {
      health.add(.degraded, "\(count) blocks repaired")
    }
    return health
  }
}

/// In JSON a number, `"off"`, or `null` where the status doesn't say.
extension VerityStatus.Correction: Codable {
  /// Decodes a number, `"off"` or `null`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .unreported
    } else if let count = try? container.decode(UInt64.self) {
      self = .corrected(count)
    } else if try container.decode(String.self) == "off" {
      self = .off
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "neither a number nor off nor null")
    }
  }

  /// Encodes a number, `"off"` or `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .unreported: try container.encodeNil()
    case .off: try container.encode("off")
    case .corrected(let count): try container.encode(count)
    }
  }
}
