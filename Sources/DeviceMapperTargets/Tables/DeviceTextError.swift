/// A text of several devices that can't be read.
public enum DeviceTextError: Error, Hashable, Sendable {
  /// A part of the text isn't of its form.
  case text(ParseError)
  /// The lines of the device whose first line stands at `offset`, in bytes from the start of the
  /// text, are no table together.
  case table(TableError, offset: Int)
}

extension DeviceTextError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .text(let error): error.description
    case .table(let error, let offset): "device at byte \(offset): \(error)"
    }
  }
}
