/// The parameters of `zero`, which reads zeroes and drops what is written; there are none.
///
/// Text: empty. Kernel document: `admin-guide/device-mapper/zero.rst`.
public struct ZeroTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = ZeroStatus

  /// The type of target.
  public static var targetType: TargetType { .zero }

  /// Creates the parameters.
  public init() {}

  /// Makes sure that there are no fields, as the kernel does.
  public init(fields: inout FieldScanner) throws(ParseError) { try fields.end() }

  /// Appends nothing.
  public func write(to text: inout TextWriter) {}
}

/// The status of `zero`, which has no fields.
public struct ZeroStatus: FieldlessStatus {
  /// The type of target.
  public static var targetType: TargetType { .zero }

  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates the status from the fields that a later kernel added.
  public init(trailing: TargetText) { self.trailing = trailing }
}
