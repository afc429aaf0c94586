/// A reply of the kernel that can't be read, and where not.
public struct ReplyError: Error, Hashable, Sendable {
  /// A field of a reply.
  public enum Field: String, Hashable, Sendable {
    /// The header is shorter than `struct dm_ioctl`.
    case header
    /// The length of the reply doesn't fit into the buffer.
    case dataSize = "data size"
    /// The data begins inside of the header.
    case dataStart = "data start"
    /// The distance to the next record.
    case next
    /// A device number.
    case device
    /// A name.
    case name
    /// A uuid.
    case uuid
    /// An event number.
    case eventNumber = "event number"
    /// A line of a table.
    case line
    /// A type of target.
    case targetType = "target type"
    /// The text of a line.
    case text
    /// A version.
    case version
    /// A number of records.
    case count
    /// The reply to a message.
    case message
  }

  /// The field that can't be read.
  public var field: Field
  /// Where it stands, in bytes from the start of the reply.
  public var offset: Int

  init(_ field: Field, offset: Int) {
    self.field = field
    self.offset = offset
  }
}

extension ReplyError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    "the kernel's reply has no readable \(field.rawValue) at byte \(offset)"
  }
}
