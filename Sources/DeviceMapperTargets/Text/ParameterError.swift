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
