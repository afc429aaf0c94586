/// The status of `vdo`.
///
/// Text: `DEVICE MODE RECOVERY INDEX COMPRESSION USED TOTAL`.
/// Kernel document: `admin-guide/device-mapper/vdo.rst`.
public struct VdoStatus: TargetStatus {
  /// What a `vdo` can do at present.
  public enum Mode: Keyword {
    /// Everything.
    case normal
    /// Reads and writes while it repairs its metadata.
    case recovering
    /// Reads, after an error that it couldn't repair; data may be lost.
    case readOnly

    /// The word in a status.
    public var keyword: StaticString {
      switch self {
      case .normal: "normal"
      case .recovering: "recovering"
      case .readOnly: "read-only"
      }
    }
  }

  /// The state of the deduplication index.
  public enum IndexState: Keyword {
    /// It isn't open.
    case closed
    /// It is being closed.
    case closing
    /// It had an error.
    case error
    /// It is open and not used.
    case offline
    /// It is open and used.
    case online
    /// It is being opened.
    case opening
    /// It waits for the device to be resumed.
    case suspended
    /// The kernel doesn't know.
    case unknown

    /// The word in a status.
    public var keyword: StaticString {
      switch self {
      case .closed: "closed"
      case .closing: "closing"
      case .error: "error"
      case .offline: "offline"
      case .online: "online"
      case .opening: "opening"
      case .suspended: "suspended"
      case .unknown: "unknown"
      }
    }
  }

  /// Whether blocks are compressed.
  public enum CompressionState: Keyword {
    /// They are.
    case online
    /// They aren't.
    case offline

    /// The word in a status.
    public var keyword: StaticString {
      switch self {
      case .online: "online"
      case .offline: "offline"
      }
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .vdo }

  /// The device below, as `/dev/NAME` with the kernel's name for it.
  public var device: TargetWord
  /// What the target can do at present.
  public var mode: Mode
  /// Whether a recovery runs.
  public var isInRecovery: Bool
  /// The state of the deduplication index.
  public var index: IndexState
  /// Whether blocks are compressed.
  public var compression: CompressionState
  /// The use of the device below, metadata included.
  public var physical: Usage<VdoBlocks>
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    device: TargetWord, mode: Mode, isInRecovery: Bool = false, index: IndexState,
    compression: CompressionState, physical: Usage<VdoBlocks>,
    trailing: TargetText = TargetText()
  ) {
    self.device = device
    self.mode = mode
    self.isInRecovery = isInRecovery
    self.index = index
    self.compression = compression
    self.physical = physical
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    device = try fields.openWord("device", expected: "a device")
    mode = try fields.keyword("mode")
    isInRecovery = try fields.flag("recovery", "recovering")
    index = try fields.keyword("index state")
    compression = try fields.keyword("compression state")
    let used: VdoBlocks = try fields.quantity("used blocks")
    physical = Usage(used: used, total: try fields.quantity("total blocks"))
    trailing = fields.remainder()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.openWord(device)
    text.keyword(mode)
    text.word(isInRecovery ? "recovering" : "-")
    text.keyword(index)
    text.keyword(compression)
    text.quantity(physical.used)
    text.quantity(physical.total)
    text.text(trailing)
  }
}

extension VdoStatus {
  /// Failed when read only, since data may be lost; degraded during a recovery, after an error of
  /// the index and without free blocks.
  public var health: Health {
    var health = Health.healthy
    if mode == .readOnly { health.add(.failed, "read only after an error") }
    if mode == .recovering || isInRecovery { health.add(.degraded, "recovering") }
    if index == .error { health.add(.degraded, "error of the deduplication index") }
    if physical.free == 0 { health.add(.degraded, "out of physical space") }
    return health
  }
}
