/// The status of `verity`.
///
/// Text: `V` or `C`, and from Linux 6.19 on `-` or the number of blocks that were repaired.
/// Kernel document: `admin-guide/device-mapper/verity.rst`.
public struct VerityStatus: TargetStatus {
  /// What was found of the blocks that were read so far.
  public enum State: LetterKeyword {
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

    var letter: StaticString {
      switch self {
      case .valid: "V"
      case .corrupted: "C"
      }
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .verity }

  /// What was found of the blocks that were read so far.
  public var state: State
  /// How many blocks were repaired, if the table has a code for that; reported from Linux 6.19 on.
  public var correction: FeatureReport<UInt64>
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    state: State, correction: FeatureReport<UInt64> = .unreported,
    trailing: TargetText = TargetText()
  ) {
    self.state = state
    self.correction = correction
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    state = try fields.letter("state")
    correction = try FeatureReport(fields: &fields) { fields throws(ParseError) in
      try fields.number("corrected blocks")
    }
    trailing = fields.remainder()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.word(state.letter)
    switch correction {
    case .unreported: return
    case .off: text.word("-")
    case .on(let count): text.number(count)
    }
    text.text(trailing)
  }

  /// Failed when a block was found corrupted; degraded when blocks were repaired.
  public var health: Health {
    var health = Health.healthy
    if state == .corrupted { health.add(.failed, "data corrupted") }
    if let count = correction.value, count > 0 {
      health.add(.degraded, "\(count) blocks repaired")
    }
    return health
  }
}
