/// A text that is not what its grammar says, and where it is not.
///
/// Offsets count bytes from the start of the text that was handed to the parser.
public struct ParseError: Error, Hashable, Sendable {
  /// What is wrong with the field.
  public enum Reason: Hashable, Sendable {
    /// The text ended before the field.
    case missing
    /// The field is there and isn't of its form.
    case malformed
    /// The field is a number outside of its range.
    case outOfRange
    /// The field is a word that its closed set doesn't have.
    case unknownWord
    /// There is more text than the grammar has fields.
    case unexpected
    /// The line belongs to another type of target.
    case wrongTarget
    /// The fields are well-formed and break a rule of the target together.
    case forbidden
  }

  /// What is wrong with the field.
  public var reason: Reason
  /// The target whose grammar was applied, if the text got as far as naming it.
  public var target: TargetType?
  /// The name of the field, in the words of the grammar.
  public var field: String
  /// Where the field begins, or would begin, in bytes from the start of the text.
  public var offset: Int
  /// What the grammar has there, in words.
  public var expected: String
  /// What stands there instead; empty where the text ended.
  public var found: TargetText

  /// Creates an error; parsers of further targets use it through ``FieldScanner``.
  public init(
    _ reason: Reason, target: TargetType?, field: String, offset: Int, expected: String,
    found: TargetText = TargetText()
  ) {
    self.reason = reason
    self.target = target
    self.field = field
    self.offset = offset
    self.expected = expected
    self.found = found
  }
}

extension ParseError: CustomStringConvertible {
  /// The error as a sentence, for example
  /// `thin-pool: mode at byte 31: expected rw, ro or out_of_data_space, found "rx"`.
  public var description: String {
    let subject = target.map { "\($0): " } ?? ""
    let text = "\(subject)\(field) at byte \(offset): expected \(expected)"
    switch reason {
    case .forbidden: return text
    case .missing: return text + ", found the end of the text"
    default: return text + ", found \"\(found.prefix(80))\""
    }
  }
}
