/// How a `clone` works: as its table asks for, or as its status tells.
public struct CloneOptions: Hashable, Sendable, Codable {
  /// A key and a value that this version doesn't know.
  public struct Pair: Hashable, Sendable, Codable {
    /// The key.
    public var key: TargetWord
    /// The value.
    public var value: TargetWord

    /// Creates a pair from its parts.
    public init(key: TargetWord, value: TargetWord) {
      self.key = key
      self.value = value
    }
  }

  /// Whether regions are copied in the background.
  public var isHydrating: Bool
  /// Whether discards are passed on to the destination device.
  public var passesDiscardsDown: Bool
  /// The most regions that are copied at a time; `nil` for the default, 1.
  public var hydrationThreshold: UInt32?
  /// The number of regions that are copied in one request if possible; `nil` for the default, 1.
  public var hydrationBatchSize: UInt32?
  /// Feature words that this version doesn't know, in order.
  public var unknownFeatures: [TargetWord]
  /// Other arguments that this version doesn't know, in order.
  public var unknownArguments: [Pair]

  /// Creates options, each of which defaults to the kernel's default.
  public init(
    isHydrating: Bool = true, passesDiscardsDown: Bool = true, hydrationThreshold: UInt32? = nil,
    hydrationBatchSize: UInt32? = nil, unknownFeatures: [TargetWord] = [],
    unknownArguments: [Pair] = []
  ) {
    self.isHydrating = isHydrating
    self.passesDiscardsDown = passesDiscardsDown
    self.hydrationThreshold = hydrationThreshold
    self.hydrationBatchSize = hydrationBatchSize
    self.unknownFeatures = unknownFeatures
    self.unknownArguments = unknownArguments
  }

  mutating func readFeatures(_ fields: inout FieldScanner) throws(ParseError) {
    var options = self
    try fields.group("feature count") { fields throws(ParseError) in
      let word = try fields.openWord("feature")
      if word.isEqualIgnoringCase("no_hydration") {
        options.isHydrating = false
      } else if word.isEqualIgnoringCase("no_discard_passdown") {
        options.passesDiscardsDown = false
      } else {
        options.unknownFeatures.append(word)
      }
    }
    self = options
  }

  mutating func readCoreArguments(_ fields: inout FieldScanner) throws(ParseError) {
    var options = self
    try fields.group("core argument count") { fields throws(ParseError) in
      let key = try fields.openWord("core argument")
      if key.isEqualIgnoringCase("hydration_threshold") {
        options.hydrationThreshold = try fields.number("hydration threshold")
      } else if key.isEqualIgnoringCase("hydration_batch_size") {
        options.hydrationBatchSize = try fields.number("hydration batch size")
      } else {
        options.unknownArguments.append(
          Pair(key: key, value: try fields.openWord("value of a core argument")))
      }
    }
    self = options
  }

  var hasCoreArguments: Bool {
    hydrationThreshold != nil || hydrationBatchSize != nil || !unknownArguments.isEmpty
  }

  func writeFeatures(to text: inout TextWriter) {
    text.group { text in
      if !isHydrating { text.word("no_hydration") }
      if !passesDiscardsDown { text.word("no_discard_passdown") }
      for word in unknownFeatures { text.openWord(word) }
    }
  }

  func writeCoreArguments(to text: inout TextWriter) {
    text.group { text in
      text.option("hydration_threshold", hydrationThreshold)
      text.option("hydration_batch_size", hydrationBatchSize)
      for pair in unknownArguments {
        text.openWord(pair.key)
        text.openWord(pair.value)
      }
    }
  }
}
