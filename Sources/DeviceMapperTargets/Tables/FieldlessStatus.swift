/// The status of a target whose kernel code reports nothing.
///
/// A later kernel may report something; it is kept in ``trailing``.
public protocol FieldlessStatus: TargetStatus {
  /// Fields that a later kernel added.
  var trailing: TargetText { get }

  /// Creates the status from the fields that a later kernel added.
  init(trailing: TargetText)
}

extension FieldlessStatus {
  /// Creates the status as it is: empty.
  public init() { self.init(trailing: TargetText()) }

  /// Keeps everything that is left in the line.
  public init(fields: inout FieldScanner) { self.init(trailing: fields.remainder()) }

  /// Appends what was read.
  public func write(to text: inout TextWriter) { text.text(trailing) }
}
