/// How a `verity` device differs from the default, the last part of its table line.
public struct VerityOptions: Hashable, Sendable, Codable {
  /// What follows on a block that isn't what its digest says; by default the read fails.
  public enum CorruptionMode: Keyword {
    /// The block is read, and the kernel's log has a line.
    case ignore
    /// The system is restarted.
    case restart
    /// The kernel panics (target 1.7).
    case panic

    /// The word in a table.
    public var keyword: StaticString {
      switch self {
      case .ignore: "ignore_corruption"
      case .restart: "restart_on_corruption"
      case .panic: "panic_on_corruption"
      }
    }
  }

  /// What follows on a block that can't be read; by default the read fails (target 1.10).
  public enum ErrorMode: Keyword {
    /// The system is restarted.
    case restart
    /// The kernel panics.
    case panic

    /// The word in a table.
    public var keyword: StaticString {
      switch self {
      case .restart: "restart_on_error"
      case .panic: "panic_on_error"
      }
    }
  }

  /// What follows on a block that isn't what its digest says.
  public var corruptionMode: CorruptionMode?
  /// What follows on a block that can't be read.
  public var errorMode: ErrorMode?
  /// Whether a block whose digest is that of zeros isn't read but taken for zeros.
  public var ignoresZeroBlocks = false
  /// Whether a block is checked only when it is read for the first time (target 1.4).
  public var checksAtMostOnce = false
  /// Whether digests that are in memory are checked at once and not in a work queue (target 1.9).
  public var triesTasklet = false
  /// How blocks can be repaired (target 1.3).
  public var errorCorrection: VerityErrorCorrection?
  /// The description of the key ring's key that holds the root's signature (target 1.5).
  public var rootSignatureKey: TargetWord?
  /// Words that this version doesn't know, in order.
  public var unknown: [TargetWord] = []

  /// Creates options of which none is set.
  public init() {}

  init(fields: inout FieldScanner) throws(ParseError) {
    self.init()
    if fields.isAtEnd() { return }
    var options = self
    var correction = VerityErrorCorrection.Draft()
    try fields.group("option count") { fields throws(ParseError) in
      let word = try fields.word("option", escaped: true)
      if let mode = CorruptionMode(ignoringCase: word) {
        try Self.once(&options.corruptionMode, mode, fields)
      } else if let mode = ErrorMode(ignoringCase: word) {
        try Self.once(&options.errorMode, mode, fields)
      } else if word.isEqualIgnoringCase("ignore_zero_blocks") {
        options.ignoresZeroBlocks = true
      } else if word.isEqualIgnoringCase("check_at_most_once") {
        options.checksAtMostOnce = true
      } else if word.isEqualIgnoringCase("try_verify_in_tasklet") {
        options.triesTasklet = true
      } else if word.isEqualIgnoringCase("root_hash_sig_key_desc") {
        options.rootSignatureKey = try fields.openWord("root signature key")
      } else if try !correction.read(word, &fields), let word = TargetWord(bytes: word.bytes) {
        options.unknown.append(word)
      }
    }
    options.errorCorrection = try correction.finish(fields)
    self = options
  }

  private static func once<Mode>(
    _ slot: inout Mode?, _ mode: Mode, _ fields: borrowing FieldScanner
  ) throws(ParseError) {
    if slot != nil {
      throw fields.rejected(ParameterError(.verity, "error handling", rule: "said once at most"))
    }
    slot = mode
  }

  func write(to text: inout TextWriter) {
    // Kernels print no count when there is no option.
    if self == VerityOptions() { return }
    text.group { text in
      if let corruptionMode { text.keyword(corruptionMode) }
      if let errorMode { text.keyword(errorMode) }
      if ignoresZeroBlocks { text.word("ignore_zero_blocks") }
      if checksAtMostOnce { text.word("check_at_most_once") }
      if triesTasklet { text.word("try_verify_in_tasklet") }
      errorCorrection?.write(to: &text)
      if let rootSignatureKey {
        text.word("root_hash_sig_key_desc")
        text.openWord(rootSignatureKey)
      }
      for word in unknown { text.openWord(word) }
    }
  }
}
