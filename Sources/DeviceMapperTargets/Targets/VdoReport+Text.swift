extension VdoReport {
  /// How deep groups may be nested, so that no text exhausts the stack; kernels nest three.
  private static let maximumDepth = 16

  /// Reads a reply.
  ///
  /// - Throws: ``ParseError`` if the text isn't of its form, ends early as a reply does that didn't
  ///   fit into its buffer, or has a name twice.
  public init(parsing text: Span<UInt8>) throws(ParseError) {
    var fields = FieldScanner(text, target: .vdo)
    try self.init(fields: &fields, depth: 1)
    try fields.end()
  }

  /// Reads a reply.
  ///
  /// - Throws: ``ParseError`` like ``init(parsing:)-(Span<UInt8>)``.
  public init(parsing text: String) throws(ParseError) {
    try self.init(parsing: Array(text.utf8).span)
  }

  private init(fields: inout FieldScanner, depth: Int) throws(ParseError) {
    let brace = try fields.word("group", expected: "{")
    guard brace == "{", depth <= Self.maximumDepth else {
      throw fields.unexpected(brace, "group", expected: "{")
    }
    var entries: [Entry] = []
    var names: Set<String> = []
    while true {
      let word = try fields.word("name", expected: "a name or }")
      if word == "}" { break }
      // The comma behind a group stands on its own brace.
      if word == "}," {
        guard depth > 1 else { throw fields.unexpected(word, "end", expected: "}") }
        break
      }
      let name = word.text.description
      guard Self.isName(name), names.insert(name).inserted else {
        throw fields.unexpected(word, "name", expected: "a name that wasn't there before")
      }
      let colon = try fields.word("colon", expected: ":")
      guard colon == ":" else { throw fields.unexpected(colon, "colon", expected: ":") }
      entries.append(Entry(name: name, value: try Self.value(&fields, depth: depth)))
    }
    self.init(entries)
  }

  private static func value(
    _ fields: inout FieldScanner, depth: Int
  ) throws(ParseError) -> Value {
    guard let next = fields.peek() else {
      throw fields.missing("value", expected: "a value")
    }
    if next == "{" { return .group(try VdoReport(fields: &fields, depth: depth + 1)) }
    let word = try fields.word("value")
    let count = word.bytes.count - 1
    guard word.bytes[count] == UInt8(ascii: ","), count > 0 else {
      throw fields.unexpected(word, "value", expected: "a value and a comma")
    }
    let bytes = word.bytes.extracting(first: count)
    // A number is one only if it is printed as it was read.
    let hasLeadingZero = count > 1 && bytes[0] == UInt8(ascii: "0")
    if !hasLeadingZero, let number = bytes.decimal(as: UInt64.self) { return .number(number) }
    guard let text = TargetText(bytes: bytes).string, isWord(text) else {
      throw fields.unexpected(word, "value", expected: "a value in ASCII")
    }
    return .word(text)
  }

  /// Whether `text` is a name: ASCII letters, digits and `_`.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "_") || byte &- UInt8(ascii: "0") < 10
          || (byte | 0x20) &- UInt8(ascii: "a") < 26
      }
  }

  /// Whether `text` is a value that reads back as itself: visible ASCII, no brace, comma or number.
  static func isWord(_ text: String) -> Bool {
    let utf8 = text.utf8
    guard !text.isEmpty, utf8.allSatisfy({ 0x21...0x7e ~= $0 }) else { return false }
    if utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "{") }) { return false }
    if utf8.contains(UInt8(ascii: "}")) { return false }
    return UInt64(text).map { "\($0)" != text } ?? true
  }
}

extension VdoReport: CustomStringConvertible {
  /// The report as the kernel writes it.
  public var description: String {
    var text = "{ "
    for entry in entries {
      text += "\(entry.name) : "
      switch entry.value {
      case .number(let number): text += "\(number)"
      case .word(let word): text += word
      case .group(let group): text += group.description
      }
      text += ", "
    }
    return text + "}"
  }
}
