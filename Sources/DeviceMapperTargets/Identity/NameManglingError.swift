/// Why a name can't be mangled or unmangled.
public enum NameManglingError: Error, Hashable, Sendable {
  /// Some bytes are mangled already and others, such as that at `offset`, would have to be.
  case mixed(offset: Int)
  /// `\x5cx` at `offset` is a mangled `\x`: the name was mangled more than once.
  case mangledTwice(offset: Int)
  /// `\x` at `offset` isn't followed by two hexadecimal digits.
  ///
  /// libdevmapper takes the two bytes that follow for digits, whatever they are and even past the
  /// end.
  case malformedEscape(offset: Int)
  /// The byte at `offset` would have been mangled, had libdevmapper written the name.
  case notMangled(UInt8, offset: Int)
  /// `\x00` at `offset` stands for NUL, which no name holds.
  case escapedNul(offset: Int)
  /// The mangled name has more than `limit` bytes.
  case tooLong(limit: Int)
}

extension NameManglingError: CustomStringConvertible {
  /// One sentence for people, without a full stop.
  public var description: String {
    switch self {
    case .mixed(let offset):
      "a part is mangled already, unlike the byte at byte offset \(offset)"
    case .mangledTwice(let offset): "mangled more than once at byte offset \(offset)"
    case .malformedEscape(let offset):
      "two hexadecimal digits must follow the \\x at byte offset \(offset)"
    case .notMangled(let byte, let offset):
      "the byte \(byte.hexEscape) at byte offset \(offset) is not mangled"
    case .escapedNul(let offset): "\\x00 at byte offset \(offset) stands for NUL"
    case .tooLong(let limit): "has more than \(limit) bytes when it is mangled"
    }
  }
}
