/// Parameters that the kernel would refuse, found out before they are sent to it.
public struct ParameterError: Error, Hashable, Sendable {
  /// The type of target.
  public var target: TargetType
  /// The field, or fields, that break the rule.
  public var field: String
  /// What the kernel demands of them.
  public var rule: String

  /// Creates an error from its parts.
  public init(_ target: TargetType, _ field: String, rule: String) {
    self.target = target
    self.field = field
    self.rule = rule
  }
}

extension ParameterError: CustomStringConvertible {
  /// The error as a sentence: `thin-pool: data block size must be a multiple of 128 sectors …`.
  public var description: String { "\(target): \(field) must be \(rule)" }
}

extension ParameterError {
  /// Checks that each of the words that a target doesn't know is one word and no more, so that a
  /// count in front of them is right.
  package static func checkWords(
    _ words: [TargetText], of target: TargetType
  ) throws(ParameterError) {
    for word in words where !word.isWord {
      throw ParameterError(target, "unknown feature", rule: "one word")
    }
  }
}

extension TargetText {
  /// Whether a table takes this as one word: not empty, without NUL or a blank that isn't escaped.
  package var isWord: Bool { TargetWord.isWord(bytes) }
}

extension Decoder {
  /// What `make` makes of decoded values, so that JSON holds nothing that an initialiser refuses.
  package func checked<Value>(
    _ make: () throws(ParameterError) -> Value
  ) throws(DecodingError) -> Value {
    do throws(ParameterError) {
      return try make()
    } catch {
      throw .dataCorrupted(
        DecodingError.Context(codingPath: codingPath, debugDescription: error.description))
    }
  }
}
