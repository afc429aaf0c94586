/// A message to a `dust` target; blocks are counted in the block size of its table.
public enum DustMessage: TargetMessage {
  /// Make a block bad, of which the given number of writes fail before one makes it good again.
  ///
  /// `EINVAL` if the block is bad already or lies behind the end.
  case addBadBlock(UInt64, writeFailures: UInt8 = 0)
  /// Make a block good; `EINVAL` if it is.
  case removeBadBlock(UInt64)
  /// Ask whether a block is bad.
  case queryBlock(UInt64)
  /// Ask how many blocks are bad.
  case countBadBlocks
  /// Make all blocks good.
  case clearBadBlocks
  /// Ask which blocks are bad (kernel 5.9).
  case listBadBlocks
  /// Let reads of bad blocks fail from now on.
  case enable
  /// Let reads of bad blocks be served from now on.
  case disable
  /// Toggle whether the kernel logs what becomes of bad blocks.
  case toggleQuiet

  /// Appends the words of the message.
  public func write(to text: inout TextWriter) {
    switch self {
    case .addBadBlock(let block, let failures):
      text.word("addbadblock")
      text.number(block)
      if failures > 0 { text.number(failures) }
    case .removeBadBlock(let block):
      text.word("removebadblock")
      text.number(block)
    case .queryBlock(let block):
      text.word("queryblock")
      text.number(block)
    case .countBadBlocks: text.word("countbadblocks")
    case .clearBadBlocks: text.word("clearbadblocks")
    case .listBadBlocks: text.word("listbadblocks")
    case .enable: text.word("enable")
    case .disable: text.word("disable")
    case .toggleQuiet: text.word("quiet")
    }
  }
}

/// What a `dust` target answers (kernel 5.9; earlier ones answer in their log only).
public enum DustReply: Hashable, Sendable {
  /// Whether a block is bad, to ``DustMessage/queryBlock(_:)``.
  case block(UInt64, isBad: Bool)
  /// The number of bad blocks, to ``DustMessage/countBadBlocks``.
  case count(UInt64)
  /// Whether there were bad blocks, to ``DustMessage/clearBadBlocks``.
  case cleared(hadBadBlocks: Bool)
  /// The bad blocks in ascending order, to ``DustMessage/listBadBlocks``.
  case badBlocks([UInt64])

  /// Reads the reply to a message.
  ///
  /// - Throws: ``ParseError`` if the text is the reply to no message.
  public init(parsing text: Span<UInt8>) throws(ParseError) {
    var fields = FieldScanner(text, target: .dust)
    // A reply may begin with the name of the function in the kernel that made it.
    if let word = fields.peek(), word.bytes[word.bytes.count - 1] == UInt8(ascii: ":") {
      _ = fields.nextWord()
    }
    if fields.skip("block") {
      let block: UInt64 = try fields.number("block")
      let isBad = !fields.skip("not")
      try Self.expect("found", &fields)
      try Self.expect("in", &fields)
      try Self.expect("badblocklist", &fields)
      self = .block(block, isBad: isBad)
    } else if fields.skip("badblocks") {
      try Self.expect("cleared", &fields)
      self = .cleared(hadBadBlocks: true)
    } else if fields.skip("no") {
      try Self.expect("badblocks", &fields)
      try Self.expect("found", &fields)
      self = .cleared(hadBadBlocks: false)
    } else if fields.skip("No") {
      try Self.expect("blocks", &fields)
      try Self.expect("in", &fields)
      try Self.expect("badblocklist", &fields)
      self = .badBlocks([])
    } else {
      let first: UInt64 = try fields.number("block or count")
      if fields.skip("badblock(s)") {
        try Self.expect("found", &fields)
        self = .count(first)
      } else {
        var blocks = [first]
        while !fields.isAtEnd() { blocks.append(try fields.number("block")) }
        self = .badBlocks(blocks)
      }
    }
    try fields.end()
  }

  /// Reads the reply to a message.
  ///
  /// - Throws: ``ParseError`` if the text is the reply to no message.
  public init(parsing text: String) throws(ParseError) {
    try self.init(parsing: Array(text.utf8).span)
  }

  private static func expect(
    _ word: StaticString, _ fields: inout FieldScanner
  ) throws(ParseError) {
    let found = try fields.word("reply", expected: "\(word)")
    guard found == word else {
      throw fields.unexpected(found, "reply", expected: "\(word)", reason: .unknownWord)
    }
  }
}
