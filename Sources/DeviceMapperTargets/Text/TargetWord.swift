/// One word of a line, kept as it is spelled: a name, an algorithm or an argument of a set that the
/// kernel keeps open.
///
/// A word isn't empty and has no NUL; a blank stands in it only behind a backslash, as tables have
/// it. Words of up to 23 bytes need no memory of their own.
public struct TargetWord: Hashable, Sendable {
  private let short: InlineBytes<23, 3>
  // Empty unless the word is too long for `short`, which is empty then.
  private let long: TargetText

  /// Creates a word, or returns `nil` when `bytes` are none.
  public init?(bytes: Span<UInt8>) {
    guard Self.isWord(bytes) else { return nil }
    if let short = InlineBytes<23, 3>(bytes) {
      self.short = short
      long = TargetText()
    } else {
      short = InlineBytes<23, 3>()
      long = TargetText(bytes: bytes)
    }
  }

  /// Creates a word, or returns `nil` when `text` is none.
  public init?(_ text: String) {
    let utf8 = text.utf8
    self.init(bytes: utf8.span)
  }

  /// The bytes of the word.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { long.isEmpty ? short.bytes : long.bytes }
  }

  /// The word as a text.
  public var text: TargetText { TargetText(bytes: bytes) }

  /// Whether a table takes `bytes` as one word.
  static func isWord(_ bytes: Span<UInt8>) -> Bool {
    var isEscaped = false
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == 0 || !isEscaped && FieldScanner.isBlank(byte) { return false }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    return !bytes.isEmpty && !isEscaped
  }
}

extension TargetWord: ExpressibleByStringLiteral {
  /// Creates a word from a literal.
  ///
  /// - Precondition: the literal is one word.
  public init(stringLiteral value: String) {
    let utf8 = value.utf8
    guard let word = TargetWord(bytes: utf8.span) else {
      preconditionFailure("\"\(value)\" is not one word")
    }
    self = word
  }
}

extension TargetWord: CustomStringConvertible {
  /// The word, with every byte that is not part of UTF-8 shown as `\xNN`.
  public var description: String { String(printing: bytes) }
}

extension TargetWord: Codable {
  /// Decodes the word like any text.
  public init(from decoder: any Decoder) throws {
    let text = try TargetText(from: decoder)
    guard let word = TargetWord(bytes: text.bytes) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\"\(text)\" is not one word"))
    }
    self = word
  }

  /// Encodes the word like any text.
  public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}

extension TargetWord {
  /// Whether the word is `text`, whatever the case of its ASCII letters.
  public func isEqualIgnoringCase(_ text: StaticString) -> Bool {
    Word(bytes, offset: 0).isEqualIgnoringCase(text)
  }
}
