/// How a cache differs from the default, in its table, or what is in effect, in its status.
public struct CacheFeatures: Hashable, Sendable, Codable {
  /// What becomes of a write; `nil` where a table doesn't say, which is ``CacheMode/writeback``.
  public var mode: CacheMode?
  /// Whether the metadata has the second format, which keeps dirty bits apart (target 2.0).
  public var usesMetadata2: Bool
  /// Whether a discard is passed on to the origin (can be turned off from target 2.1 on).
  ///
  /// A status says that it isn't where the origin can't discard, whatever the table says.
  public var passesDiscardsDown: Bool
  /// Words that this version doesn't know, in order.
  public var unknown: [TargetWord]

  /// Creates features, each of which defaults to the kernel's default.
  public init(
    mode: CacheMode? = nil, usesMetadata2: Bool = false, passesDiscardsDown: Bool = true,
    unknown: [TargetWord] = []
  ) {
    self.mode = mode
    self.usesMetadata2 = usesMetadata2
    self.passesDiscardsDown = passesDiscardsDown
    self.unknown = unknown
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    var features = CacheFeatures()
    try fields.group("feature count") { fields throws(ParseError) in
      // As kernels print them; in a table, the case of the letters doesn't matter.
      if fields.skip("metadata2") {
        features.usesMetadata2 = true
      } else if fields.skip("no_discard_passdown") {
        features.passesDiscardsDown = false
      } else if features.mode == nil, let mode = fields.skipKeyword(as: CacheMode.self) {
        features.mode = mode
      } else {
        try features.readAnyhow(&fields)
      }
    }
    self = features
  }

  @inline(never)
  private mutating func readAnyhow(_ fields: inout FieldScanner) throws(ParseError) {
    let word = try fields.word("feature", escaped: true)
    if word.isEqualIgnoringCase("metadata2") {
      usesMetadata2 = true
    } else if word.isEqualIgnoringCase("no_discard_passdown") {
      passesDiscardsDown = false
    } else if let mode = CacheMode(ignoringCase: word) {
      if self.mode != nil {
        throw fields.rejected(ParameterError(.cache, "features", rule: "of one mode at most"))
      }
      self.mode = mode
    } else if let word = TargetWord(bytes: word.bytes) {
      unknown.append(word)
    }
  }

  func write(to text: inout TextWriter) {
    text.group { text in
      if usesMetadata2 { text.word("metadata2") }
      if let mode { text.keyword(mode) }
      if !passesDiscardsDown { text.word("no_discard_passdown") }
      for word in unknown { text.openWord(word) }
    }
  }
}

/// What a cache does with a write.
public enum CacheMode: Keyword {
  /// It goes to the cache, and to the origin later.
  case writeback
  /// It goes to both.
  case writethrough
  /// All requests go to the origin, and a write takes its block out of the cache; the cache must be
  /// clean when this begins.
  case passthrough

  /// The word in a table and in a status.
  public var keyword: StaticString {
    switch self {
    case .writeback: "writeback"
    case .writethrough: "writethrough"
    case .passthrough: "passthrough"
    }
  }
}
