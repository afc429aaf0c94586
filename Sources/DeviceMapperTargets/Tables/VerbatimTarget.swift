/// The type and the text of a line, unread: what the kernel sends, and any target without a type.
public struct VerbatimTarget: TargetContent {
  private enum CodingKeys: String, CodingKey {
    case targetType = "target"
    case text
  }

  /// The type of target.
  public var targetType: TargetType
  /// The rest of the line, without blanks at its ends.
  public var text: TargetText

  /// Creates a line's content from its type and text.
  public init(_ targetType: TargetType, _ text: TargetText) {
    self.targetType = targetType
    self.text = text
  }

  /// Keeps everything that is left in the line.
  public init(type: TargetType, fields: inout FieldScanner) {
    self.init(type, fields.remainder())
  }

  /// Appends the text.
  public func write(to writer: inout TextWriter) { writer.text(text) }
}
