/// A message to a `vdo` target.
///
/// `EBUSY` while another message is worked on; dumps, statistics and those about the index are
/// taken at any time.
public enum VdoMessage: TargetMessage {
  /// What can be done to the deduplication index.
  public enum IndexCommand: Keyword {
    /// Make a new one.
    case create
    /// Close it.
    case close
    /// Stop using it.
    case disable
    /// Use it.
    case enable

    /// The word of the message.
    public var keyword: StaticString {
      switch self {
      case .create: "index-create"
      case .close: "index-close"
      case .disable: "index-disable"
      case .enable: "index-enable"
      }
    }
  }

  /// What is dumped to the kernel's log.
  public enum Dump: Keyword {
    /// The pool of requests.
    case viopool
    /// What manages the data on the device.
    case vdo
    /// Every thread.
    case queues
    /// Queues and the structures of the target.
    case `default`
    /// Everything.
    case all

    /// The word of the message.
    public var keyword: StaticString {
      switch self {
      case .viopool: "viopool"
      case .vdo: "vdo"
      case .queues: "queues"
      case .default: "default"
      case .all: "all"
      }
    }
  }

  /// Ask for statistics; the reply is a ``VdoStatistics``.
  case statistics
  /// Ask how the device was formatted; the reply is a ``VdoConfiguration`` (target version 9.2).
  case configuration
  /// Compress from now on, or don't.
  case setCompression(Bool)
  /// Do something to the deduplication index.
  case index(IndexCommand)
  /// Dump structures to the kernel's log, for the search of a hang; not always safe.
  case dump([Dump])
  /// Dump structures to the kernel's log when the target ends.
  case dumpOnShutdown

  /// Appends the words of the message.
  public func write(to text: inout TextWriter) {
    switch self {
    case .statistics: text.word("stats")
    case .configuration: text.word("config")
    case .setCompression(let isOn):
      text.word("compression")
      text.word(isOn ? "on" : "off")
    case .index(let command): text.keyword(command)
    case .dump(let parts):
      text.word("dump")
      for part in parts { text.keyword(part) }
    case .dumpOnShutdown: text.word("dump-on-shutdown")
    }
  }
}
