/// Never inlined: parsers are short without the making of errors, which hardly ever happens.
extension FieldScanner {
  /// The error for a field that ended before it began.
  @inline(never)
  public func missing(_ field: StaticString, expected: String) -> ParseError {
    ParseError(.missing, target: target, field: "\(field)", offset: offset, expected: expected)
  }

  /// The error for a word that isn't what the grammar has there.
  @inline(never)
  public func unexpected(
    _ word: borrowing Word, _ field: StaticString, expected: String,
    reason: ParseError.Reason = .malformed
  ) -> ParseError {
    ParseError(
      reason, target: target, field: "\(field)", offset: word.offset, expected: expected,
      found: word.text)
  }

  /// The error for fields that are each well-formed and break a rule of the target together.
  @inline(never)
  public func rejected(_ error: ParameterError) -> ParseError {
    // Without what was found: the fields may hold a key.
    ParseError(
      .forbidden, target: target, field: error.field, offset: base, expected: error.rule)
  }

  /// Makes sure that nothing but blanks is left.
  public mutating func end() throws(ParseError) {
    guard let word = nextWord() else { return }
    throw unexpected(
      word, "end of line", expected: "no further field", reason: .unexpected)
  }
}
