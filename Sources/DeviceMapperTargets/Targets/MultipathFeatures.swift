/// How a `multipath` device differs from the default, the first part of its table line.
public struct MultipathFeatures: Hashable, Sendable, Codable {
  /// How requests come to the device.
  public enum QueueMode: Keyword {
    /// As `bio`s, which any device below takes.
    case bio
    /// As requests, which the devices below must have; kernels don't print it.
    case rq
    /// As requests through several queues; kernels don't print it.
    case mq

    /// The word in a table.
    public var keyword: StaticString {
      switch self {
      case .bio: "bio"
      case .rq: "rq"
      case .mq: "mq"
      }
    }
  }

  /// The numbers of attempts to prepare a group that the kernel has.
  public static let pathGroupInitRetriesRange: ClosedRange<UInt32> = 1...50
  /// The delays between two attempts that the kernel has, in milliseconds.
  public static let pathGroupInitDelayRange: ClosedRange<UInt32> = 0...60_000

  /// Whether requests wait for a path when there is none, instead of failing.
  public var queuesIfNoPath: Bool
  /// How often the hardware is asked again to make a group's paths usable.
  public let pathGroupInitRetries: UInt32?
  /// The time before it is asked again, in milliseconds.
  public let pathGroupInitDelay: UInt32?
  /// Whether a handler that is attached already is kept; kernels up to 6.12 always print it, 7.2
  /// never does and always keeps it.
  public var retainsAttachedHardwareHandler: Bool
  /// How requests come to the device; by default as requests.
  public var queueMode: QueueMode?
  /// Words that this version doesn't know, in order.
  public var unknown: [TargetWord]

  /// Creates features, none of which is set by default.
  ///
  /// - Throws: ``ParameterError`` if a number is none that the kernel has.
  public init(
    queuesIfNoPath: Bool = false, pathGroupInitRetries: UInt32?,
    pathGroupInitDelay: UInt32? = nil, retainsAttachedHardwareHandler: Bool = false,
    queueMode: QueueMode? = nil, unknown: [TargetWord] = []
  ) throws(ParameterError) {
    if let pathGroupInitRetries, !Self.pathGroupInitRetriesRange.contains(pathGroupInitRetries) {
      throw ParameterError(.multipath, "pg_init_retries", rule: "from 1 to 50")
    }
    if let pathGroupInitDelay, !Self.pathGroupInitDelayRange.contains(pathGroupInitDelay) {
      throw ParameterError(.multipath, "pg_init_delay_msecs", rule: "from 0 to 60000")
    }
    self.queuesIfNoPath = queuesIfNoPath
    self.pathGroupInitRetries = pathGroupInitRetries
    self.pathGroupInitDelay = pathGroupInitDelay
    self.retainsAttachedHardwareHandler = retainsAttachedHardwareHandler
    self.queueMode = queueMode
    self.unknown = unknown
  }

  /// Creates features without numbers, none of which is set by default.
  public init(
    queuesIfNoPath: Bool = false, retainsAttachedHardwareHandler: Bool = false,
    queueMode: QueueMode? = nil
  ) {
    self.queuesIfNoPath = queuesIfNoPath
    pathGroupInitRetries = nil
    pathGroupInitDelay = nil
    self.retainsAttachedHardwareHandler = retainsAttachedHardwareHandler
    self.queueMode = queueMode
    unknown = []
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    var features = Self()
    var (retries, delay): (UInt32?, UInt32?)
    try fields.group("feature count") { fields throws(ParseError) in
      let word = try fields.word("feature", escaped: true)
      if word.isEqualIgnoringCase("queue_if_no_path") {
        features.queuesIfNoPath = true
      } else if word.isEqualIgnoringCase("retain_attached_hw_handler") {
        features.retainsAttachedHardwareHandler = true
      } else if word.isEqualIgnoringCase("pg_init_retries") {
        retries = try fields.number("pg_init_retries", in: Self.pathGroupInitRetriesRange)
      } else if word.isEqualIgnoringCase("pg_init_delay_msecs") {
        delay = try fields.number("pg_init_delay_msecs", in: Self.pathGroupInitDelayRange)
      } else if word.isEqualIgnoringCase("queue_mode") {
        features.queueMode = try fields.keyword("queue mode", ignoringCase: true) as QueueMode
      } else if let word = TargetWord(bytes: word.bytes) {
        features.unknown.append(word)
      }
    }
    do {
      try self.init(
        queuesIfNoPath: features.queuesIfNoPath, pathGroupInitRetries: retries,
        pathGroupInitDelay: delay,
        retainsAttachedHardwareHandler: features.retainsAttachedHardwareHandler,
        queueMode: features.queueMode, unknown: features.unknown)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let queues = try values.decode(Bool.self, forKey: .queuesIfNoPath)
    let retries = try values.decodeIfPresent(UInt32.self, forKey: .pathGroupInitRetries)
    let delay = try values.decodeIfPresent(UInt32.self, forKey: .pathGroupInitDelay)
    let retains = try values.decode(Bool.self, forKey: .retainsAttachedHardwareHandler)
    let mode = try values.decodeIfPresent(QueueMode.self, forKey: .queueMode)
    let unknown = try values.decode([TargetWord].self, forKey: .unknown)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(
        queuesIfNoPath: queues, pathGroupInitRetries: retries, pathGroupInitDelay: delay,
        retainsAttachedHardwareHandler: retains, queueMode: mode, unknown: unknown)
    }
  }

  func write(to text: inout TextWriter) {
    text.group { text in
      if queuesIfNoPath { text.word("queue_if_no_path") }
      if let pathGroupInitRetries { text.pair("pg_init_retries", pathGroupInitRetries) }
      if let pathGroupInitDelay { text.pair("pg_init_delay_msecs", pathGroupInitDelay) }
      if retainsAttachedHardwareHandler { text.word("retain_attached_hw_handler") }
      if let queueMode {
        text.word("queue_mode")
        text.keyword(queueMode)
      }
      for word in unknown { text.openWord(word) }
    }
  }
}
