extension InlineBytes {
  /// Copies the UTF-8 of `string`, or returns `nil` when it is too long.
  package init?(_ string: String) {
    let utf8 = string.utf8
    self.init(utf8.span)
  }

  /// The text, or `nil` when the bytes are not UTF-8.
  package var string: String? {
    guard let valid = try? UTF8Span(validating: bytes) else { return nil }
    return String(copying: valid)
  }

  /// The text, with `\xNN` for each byte that isn't part of valid UTF-8.
  package var escaped: String {
    if let string { return string }
    let bytes = self.bytes
    var text = ""
    var start = 0
    while start < bytes.count {
      let rest = bytes.extracting(start...)
      do throws(UTF8.ValidationError) {
        text += String(copying: try UTF8Span(validating: rest))
        break
      } catch {
        let range = error.byteOffsets
        if let valid = try? UTF8Span(validating: rest.extracting(..<range.lowerBound)) {
          text += String(copying: valid)
        }
        for index in range { text += rest[index].hexEscape }
        start += range.upperBound
      }
    }
    return text
  }
}

extension UInt8 {
  /// `\xNN` with two lower-case digits, as libdevmapper writes a byte.
  package var hexEscape: String {
    self < 16 ? "\\x0\(String(self, radix: 16))" : "\\x\(String(self, radix: 16))"
  }

  /// Whether this is an ASCII control character (below the blank, or DEL).
  package var isControl: Bool { self < 0x20 || self == 0x7f }
}
