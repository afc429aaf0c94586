/// Makes texts out of texts, such as a kernel of the future, a bug or an attacker might print.
public struct TextMutator {
  /// Where the choices come from.
  public var generator: SeededGenerator

  /// Creates a mutator whose choices follow from `seed`.
  public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// Bytes that mean something to some parser.
  private static let bytes: [UInt8] =
    Array("0123456789 /:-+.,;\\'\"_abrwxADFVP".utf8)
    + [0, 9, 10, 11, 13, 27, 127, 128, 0xc3, 0xff]

  /// Words that mean something to some parser, or nearly.
  private static let words: [[UInt8]] = [
    "0", "1", "2", "-1", "+5", "0x10", "010", "127", "255", "256", "65535", "65536", "4294967295",
    "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615",
    "18446744073709551616", "340282366920938463463374607431768211456", "-", "--", "/", "1/", "/1",
    "1/2/3", "1:", ":1", "1:2:3", "Fail", "Error", "Invalid", "rw", "ro", "A", "none", "a\\ b", "",
    "\\", "()", "k:v", "é",
  ].map { Array($0.utf8) }

  /// A text with one to four mutations.
  ///
  /// - Parameters:
  ///   - text: What is mutated.
  ///   - other: What a part may be taken from.
  public mutating func mutate(_ text: [UInt8], with other: [UInt8] = []) -> [UInt8] {
    var text = text
    for _ in 0..<Int.random(in: 1...4, using: &generator) { mutateOnce(&text, other) }
    return text
  }

  private mutating func mutateOnce(_ text: inout [UInt8], _ other: [UInt8]) {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0:
      let index = Int.random(in: 0...text.count, using: &generator)
      text.removeSubrange(index...)
    case 1, 2:
      guard let index = text.indices.randomElement(using: &generator) else { return }
      text[index] = Self.bytes.randomElement(using: &generator) ?? 0
    case 3:
      let index = Int.random(in: 0...text.count, using: &generator)
      text.insert(Self.bytes.randomElement(using: &generator) ?? 0, at: index)
    case 4:
      text.removeSubrange(range(in: text))
    case 5:
      let part = text[range(in: text)]
      let count = Int.random(in: 1...3, using: &generator)
      let index = Int.random(in: 0...text.count, using: &generator)
      for _ in 0..<count { text.insert(contentsOf: part, at: index) }
    case 6:
      let index = Int.random(in: 0...text.count, using: &generator)
      text.replaceSubrange(index..., with: other[range(in: other)])
    default:
      let word = Self.words.randomElement(using: &generator) ?? []
      text.replaceSubrange(wordRange(in: text), with: word)
    }
  }

  private mutating func range(in text: [UInt8]) -> Range<Int> {
    let first = Int.random(in: 0...text.count, using: &generator)
    let second = Int.random(in: 0...text.count, using: &generator)
    return min(first, second)..<max(first, second)
  }

  /// The word at a random place, or the blank between two.
  private mutating func wordRange(in text: [UInt8]) -> Range<Int> {
    var start = Int.random(in: 0...text.count, using: &generator)
    var end = start
    while start > 0, text[start - 1] != UInt8(ascii: " ") { start -= 1 }
    while end < text.count, text[end] != UInt8(ascii: " ") { end += 1 }
    return start..<end
  }
}
