/// A closed set of which the kernel prints each as one letter; the words are those of JSON.
protocol LetterKeyword: Keyword {
  /// The letter in a line.
  var letter: StaticString { get }
}

extension FieldScanner {
  /// Reads a letter of a closed set.
  @inline(__always)
  mutating func letter<Set: LetterKeyword>(
    _ field: StaticString, as type: Set.Type = Set.self
  ) throws(ParseError) -> Set {
    for value in Set.allCases where skip(value.letter) { return value }
    throw otherWord(field, expected: Set.listing(of: Set.allCases.map { "\($0.letter)" }))
  }

  @inline(never)
  private mutating func otherWord(_ field: StaticString, expected: String) -> ParseError {
    guard let word = nextWord() else { return missing(field, expected: expected) }
    return unexpected(word, field, expected: expected, reason: .unknownWord)
  }
}
