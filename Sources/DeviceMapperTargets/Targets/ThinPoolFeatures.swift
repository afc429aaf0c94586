/// How a thin pool differs from the default, the last part of a `thin-pool` table line.
public struct ThinPoolFeatures: Hashable, Sendable, Codable {
  /// Whether a new block is handed out without being zeroed first.
  public var skipsBlockZeroing: Bool
  /// Whether nothing becomes of a discard.
  public var ignoresDiscards: Bool
  /// Whether the data device hears of a discard that isn't ignored.
  public var passesDiscardsDown: Bool
  /// Whether the pool's metadata may not be changed.
  public var isReadOnly: Bool
  /// What becomes of a write when there is no free block.
  public var noSpacePolicy: ThinPoolNoSpacePolicy
  /// Words that this version doesn't know, in order.
  public var unknown: [TargetWord]

  /// Creates features, each of which defaults to the kernel's default.
  public init(
    skipsBlockZeroing: Bool = false, discard: ThinPoolDiscard = .passdown,
    isReadOnly: Bool = false, noSpacePolicy: ThinPoolNoSpacePolicy = .queue,
    unknown: [TargetWord] = []
  ) {
    self.skipsBlockZeroing = skipsBlockZeroing
    ignoresDiscards = discard == .ignore
    passesDiscardsDown = discard != .noPassdown
    self.isReadOnly = isReadOnly
    self.noSpacePolicy = noSpacePolicy
    self.unknown = unknown
  }

  /// What becomes of a discard: by default the block is freed and the discard passed on.
  public var discard: ThinPoolDiscard {
    get { ignoresDiscards ? .ignore : passesDiscardsDown ? .passdown : .noPassdown }
    set {
      ignoresDiscards = newValue == .ignore
      passesDiscardsDown = newValue != .noPassdown
    }
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    self.init()
    // Kernels always print a count; a table on its way to the kernel may end before it.
    if fields.isAtEnd() { return }
    var unknown: [TargetWord] = []
    var features = self
    try fields.group("feature count") { fields throws(ParseError) in
      let word = try fields.openWord("feature")
      if word.isEqualIgnoringCase("skip_block_zeroing") {
        features.skipsBlockZeroing = true
      } else if word.isEqualIgnoringCase("ignore_discard") {
        features.ignoresDiscards = true
      } else if word.isEqualIgnoringCase("no_discard_passdown") {
        features.passesDiscardsDown = false
      } else if word.isEqualIgnoringCase("read_only") {
        features.isReadOnly = true
      } else if word.isEqualIgnoringCase("error_if_no_space") {
        features.noSpacePolicy = .error
      } else {
        unknown.append(word)
      }
    }
    self = features
    self.unknown = unknown
  }

  func write(to text: inout TextWriter) {
    text.group { text in
      if skipsBlockZeroing { text.word("skip_block_zeroing") }
      if ignoresDiscards { text.word("ignore_discard") }
      if !passesDiscardsDown { text.word("no_discard_passdown") }
      if isReadOnly { text.word("read_only") }
      if noSpacePolicy == .error { text.word("error_if_no_space") }
      for word in unknown { text.openWord(word) }
    }
  }
}

/// What a thin pool does with a discard.
public enum ThinPoolDiscard: Keyword {
  /// The block is freed and the discard is passed on to the data device.
  case passdown
  /// The block is freed and the data device hears nothing of it.
  case noPassdown
  /// Nothing happens.
  case ignore

  /// The word in a pool's status.
  public var keyword: StaticString {
    switch self {
    case .passdown: "discard_passdown"
    case .noPassdown: "no_discard_passdown"
    case .ignore: "ignore_discard"
    }
  }
}

/// What a thin pool does with a write when there is no free block.
public enum ThinPoolNoSpacePolicy: Keyword {
  /// The write waits for space, by default for 60 seconds, and then fails.
  case queue
  /// The write fails at once.
  case error

  /// The word in a pool's status.
  public var keyword: StaticString {
    switch self {
    case .queue: "queue_if_no_space"
    case .error: "error_if_no_space"
    }
  }
}
