extension FlakeyFeatures {
  /// The features as they are read, of which each is given at most once.
  private struct Draft {
    var failsReads: Bool?
    var writes: Writes?
    var corruption: Corruption?
    var randomReads: UInt32?
    var randomWrites: UInt32?
    var unknown: [TargetWord] = []

    /// Reads one feature with its values; `false` if it was given before.
    mutating func read(_ fields: inout FieldScanner) throws(ParseError) -> Bool {
      let word = try fields.openWord("feature")
      if word.isEqualIgnoringCase("error_reads") {
        return Self.set(&failsReads, true)
      } else if word.isEqualIgnoringCase("drop_writes") {
        return Self.set(&writes, .drop)
      } else if word.isEqualIgnoringCase("error_writes") {
        return Self.set(&writes, .error)
      } else if word.isEqualIgnoringCase("corrupt_bio_byte") {
        return Self.set(&corruption, try Corruption(fields: &fields))
      } else if word.isEqualIgnoringCase("random_read_corrupt") {
        let chance: UInt32 = try fields.number("probability", in: FlakeyFeatures.probabilities)
        return Self.set(&randomReads, chance)
      } else if word.isEqualIgnoringCase("random_write_corrupt") {
        let chance: UInt32 = try fields.number("probability", in: FlakeyFeatures.probabilities)
        return Self.set(&randomWrites, chance)
      }
      unknown.append(word)
      return true
    }

    private static func set<Value>(_ value: inout Value?, _ new: Value) -> Bool {
      defer { value = new }
      return value == nil
    }
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    var draft = Draft()
    // Kernels print a count; a table on its way to the kernel may end before it.
    if !fields.isAtEnd() {
      try fields.group("feature count") { fields throws(ParseError) in
        if try !draft.read(&fields) {
          throw fields.rejected(
            ParameterError(
              .flakey, "features",
              rule: "without repetition and without both drop_writes and error_writes"))
        }
      }
    }
    do {
      try self.init(
        failsReads: draft.failsReads ?? false, writes: draft.writes, corruption: draft.corruption,
        randomReadCorruption: draft.randomReads ?? 0,
        randomWriteCorruption: draft.randomWrites ?? 0, unknown: draft.unknown)
    } catch {
      throw fields.rejected(error)
    }
  }

  func write(to text: inout TextWriter) {
    text.group { text in write(wordsTo: &text) }
  }

  private func write(wordsTo text: inout TextWriter) {
    if failsReads { text.word("error_reads") }
    if let writes { text.keyword(writes) }
    corruption?.write(to: &text)
    if randomReadCorruption > 0 {
      text.word("random_read_corrupt")
      text.number(randomReadCorruption)
    }
    if randomWriteCorruption > 0 {
      text.word("random_write_corrupt")
      text.number(randomWriteCorruption)
    }
    for word in unknown { text.openWord(word) }
  }
}
