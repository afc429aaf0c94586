/// The type and the text of a line, unread: what the kernel sends, and any target without a type.
///
/// The text is everything that the kernel said. A description and JSON show the keys of the targets
/// that have some as zeros, or hide a text that can't be read; JSON has it all where
/// `CodingUserInfoKey.includesKeyMaterial` is set.
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

  /// Encodes the type and the text, without its keys unless they are asked for.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(targetType, forKey: .targetType)
    let showsKeys = encoder.userInfo[.includesKeyMaterial] as? Bool == true
    try container.encode(showsKeys ? text : textHidingKeys, forKey: .text)
  }

  /// Appends the text.
  public func write(to writer: inout TextWriter) {
    writer.text(writer.hidesKeys ? textHidingKeys : text)
  }
}

extension VerbatimTarget: CustomStringConvertible {
  /// The type and the text, with keys as zeros.
  public var description: String {
    text.isEmpty ? "\(targetType)" : "\(targetType) \(textHidingKeys)"
  }

  /// The text with its keys as zeros.
  private var textHidingKeys: TargetText {
    switch targetType {
    case .crypt, .inlinecrypt: if text.isEmpty { return text }
    // No key is without a colon in front of it here, and no status has one.
    case .integrity: if text.bytes.firstIndex(of: UInt8(ascii: ":")) == nil { return text }
    default: return text
    }
    guard let target = try? AnyTarget(type: targetType, text: text.bytes) else { return "(hidden)" }
    var writer = TextWriter(hidingKeys: true)
    target.write(to: &writer)
    return writer.text
  }
}
