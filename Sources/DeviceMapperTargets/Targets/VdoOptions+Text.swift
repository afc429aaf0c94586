extension VdoOptions {
  init(fields: inout FieldScanner, inOneWord: Bool) throws(ParseError) {
    self.init()
    if inOneWord {
      try readThreads(&fields)
      try fields.end()
    } else {
      while !fields.isAtEnd() {
        let key = try fields.openWord("option")
        try read(key, try fields.word("value of an option", escaped: true), fields)
      }
    }
    do { try check() } catch { throw fields.rejected(error) }
  }

  /// Reads `KEY=NUMBER,…`, or `.` for nothing.
  private mutating func readThreads(_ fields: inout FieldScanner) throws(ParseError) {
    let word = try fields.word("threads", expected: "KEY=NUMBER,… or .", escaped: true)
    if word == "." { return }
    var start = 0
    while start <= word.bytes.count {
      let rest = word.bytes.extracting(droppingFirst: start)
      let length = rest.firstIndex(of: UInt8(ascii: ",")) ?? rest.count
      let part = Word(rest.extracting(first: length), offset: word.offset + start)
      guard let name = part.head(before: UInt8(ascii: "=")),
        let key = TargetWord(bytes: name.bytes),
        let value = part.tail(behind: UInt8(ascii: "=")), value.bytes.isDecimal
      else { throw fields.unexpected(part, "threads", expected: "KEY=NUMBER") }
      if Self.threadKeys.contains(where: { name == $0 }) {
        try read(key, value, fields)
      } else {
        try readUnknown(key, value, fields)
      }
      start += length + 1
    }
  }

  private static let threadKeys: [StaticString] = [
    "ack", "bio", "bioRotationInterval", "cpu", "hash", "logical", "physical",
  ]

  /// Takes the value of a key, both as they were read from `fields`.
  private mutating func read(
    _ key: TargetWord, _ value: borrowing Word, _ fields: FieldScanner
  ) throws(ParseError) {
    switch Word(key.bytes, offset: 0) {
    case "ack": acknowledgeThreads = try fields.number(value, "acknowledge threads")
    case "bio": bioThreads = try fields.number(value, "bio threads")
    case "bioRotationInterval":
      bioRotationInterval = try fields.number(value, "bio rotation interval")
    case "cpu": cpuThreads = try fields.number(value, "cpu threads")
    case "hash": hashThreads = try fields.number(value, "hash threads")
    case "logical": logicalThreads = try fields.number(value, "logical threads")
    case "physical": physicalThreads = try fields.number(value, "physical threads")
    case "maxDiscard":
      maximumDiscard = VdoBlocks(rawValue: try fields.number(value, "maximum discard"))
    case "deduplication": deduplicates = try fields.isOn(value, "deduplication")
    case "compression": compresses = try fields.isOn(value, "compression")
    case "indexSparse": hasSparseIndex = try fields.isOn(value, "sparse index")
    case "slabSize": slabSize = VdoBlocks(rawValue: try fields.number(value, "slab size"))
    case "indexMemory":
      guard let memory = VdoIndexMemory(bytes: value.bytes) else {
        throw fields.unexpected(value, "index memory", expected: "0.25, 0.5, 0.75 or a number")
      }
      indexMemory = memory
    default: try readUnknown(key, value, fields)
    }
  }

  private mutating func readUnknown(
    _ key: TargetWord, _ value: borrowing Word, _ fields: FieldScanner
  ) throws(ParseError) {
    guard let word = TargetWord(bytes: value.bytes) else {
      throw fields.unexpected(value, "value of an option", expected: "a word")
    }
    unknown.append(Pair(key: key, value: word))
  }

  func write(to text: inout TextWriter, inOneWord: Bool) {
    guard inOneWord else {
      forEachPair { key, value in
        text.text(key)
        text.text(value)
      }
      return
    }
    var word = TextWriter()
    forEachPair { key, value in
      if word.text.isEmpty { word.text(key) } else { word.append(TargetText(",").bytes, key.bytes) }
      word.append(TargetText("=").bytes, value.bytes)
    }
    if word.text.isEmpty { text.word(".") } else { text.text(word.text) }
  }

  private func forEachPair(_ body: (TargetText, TargetText) -> Void) {
    func pair(_ key: TargetText, _ value: (some CustomStringConvertible)?) {
      if let value { body(key, TargetText(value.description)) }
    }
    func pair(_ key: TargetText, isOn value: Bool?) {
      if let value { body(key, value ? "on" : "off") }
    }
    pair("ack", acknowledgeThreads)
    pair("bio", bioThreads)
    pair("bioRotationInterval", bioRotationInterval)
    pair("cpu", cpuThreads)
    pair("hash", hashThreads)
    pair("logical", logicalThreads)
    pair("physical", physicalThreads)
    pair("maxDiscard", maximumDiscard?.rawValue)
    pair("deduplication", isOn: deduplicates)
    pair("compression", isOn: compresses)
    pair("indexMemory", indexMemory)
    pair("indexSparse", isOn: hasSparseIndex)
    pair("slabSize", slabSize?.rawValue)
    for other in unknown { body(other.key.text, other.value.text) }
  }
}

extension TextWriter {
  /// Appends two pieces to the word that was written last.
  fileprivate mutating func append(_ first: Span<UInt8>, _ second: Span<UInt8>) {
    append(first)
    append(second)
  }
}

extension FieldScanner {
  /// The number that `word`, which was read from this scanner, is.
  fileprivate func number<Number: FixedWidthInteger & UnsignedInteger>(
    _ word: borrowing Word, _ field: StaticString
  ) throws(ParseError) -> Number {
    guard let number = word.bytes.decimal(as: Number.self) else {
      throw unexpected(
        word, field, expected: "a number", reason: word.bytes.isDecimal ? .outOfRange : .malformed)
    }
    return number
  }

  /// Whether `word`, which was read from this scanner, is `on` rather than `off`.
  fileprivate func isOn(
    _ word: borrowing Word, _ field: StaticString
  ) throws(ParseError) -> Bool {
    if word == "on" { return true }
    if word == "off" { return false }
    throw unexpected(word, field, expected: "on or off", reason: .unknownWord)
  }
}
