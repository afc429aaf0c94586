/// A message that a target understands.
///
/// The kernel's interface for messages is `DM_TARGET_MSG`; some have a reply.
public protocol TargetMessage: Hashable, Sendable {
  /// Appends the words of the message.
  func write(to text: inout TextWriter)
}

extension TargetMessage {
  /// The message as text.
  public var text: TargetText {
    var writer = TextWriter()
    write(to: &writer)
    return writer.text
  }
}

/// The messages of a target that understands none.
public enum NoMessage: TargetMessage {
  /// Appends nothing: there is no such message.
  public func write(to text: inout TextWriter) {}
}
