/// A law that doesn't hold, and for which input.
public struct Violation: Error, CustomStringConvertible {
  /// What should have been.
  public var law: String
  /// What was given.
  public var input: [UInt8]

  /// Creates a violation.
  public init(_ law: String, _ input: [UInt8]) {
    self.law = law
    self.input = input
  }

  /// The law and the input, with its bytes in hexadecimal where they aren't ASCII.
  public var description: String {
    var text = ""
    for byte in input {
      switch byte {
      case 0x20..<0x7f: text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "<" + String(byte, radix: 16) + ">"
      }
    }
    return "\(law): \(text)"
  }
}
