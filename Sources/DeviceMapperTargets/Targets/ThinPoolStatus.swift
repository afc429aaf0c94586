/// The status of `thin-pool`.
///
/// Kernel document: `admin-guide/device-mapper/thin-provisioning.rst`.
public enum ThinPoolStatus: TargetStatus {
  /// The type of target.
  public static var targetType: TargetType { .thinPool }

  /// The pool works, perhaps in a restricted mode.
  case working(ThinPoolWorkingStatus)
  /// The kernel couldn't read the pool's metadata to report on it.
  case error
  /// The pool has failed: neither reads nor writes are served.
  case fail

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    if fields.skip("Fail") {
      self = .fail
    } else if fields.skip("Error") {
      self = .error
    } else {
      self = .working(try ThinPoolWorkingStatus(fields: &fields))
      return
    }
    try fields.end()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    switch self {
    case .working(let status): status.write(to: &text)
    case .error: text.word("Error")
    case .fail: text.word("Fail")
    }
  }
}

extension ThinPoolStatus {
  /// Failed for `Fail` and `Error`; degraded in a restricted mode or when the metadata needs a check.
  public var health: Health {
    guard case .working(let status) = self else { return Health(.failed, ["pool failed"]) }
    var health = Health.healthy
    switch status.mode {
    case .readWrite: break
    case .outOfDataSpace: health.add(.degraded, "out of data space")
    case .readOnly: health.add(.degraded, "metadata read only")
    }
    if status.needsCheck == true { health.add(.degraded, "metadata needs check") }
    if let mark = status.metadataLowWaterMark, status.metadata.free <= mark {
      health.add(.degraded, "metadata low on space")
    }
    return health
  }
}

/// A stable form in JSON: the fields beside a `state` of `working`, `error` or `fail`.
extension ThinPoolStatus {
  /// Decodes the state and, of a pool that works, its figures.
  public init(from decoder: any Decoder) throws {
    switch try WorkingState(from: decoder) {
    case .working: self = .working(try ThinPoolWorkingStatus(from: decoder))
    case .error: self = .error
    case .fail: self = .fail
    }
  }

  /// Encodes the state and, of a pool that works, its figures.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .working(let status):
      try WorkingState.working.encode(to: encoder)
      try status.encode(to: encoder)
    case .error: try WorkingState.error.encode(to: encoder)
    case .fail: try WorkingState.fail.encode(to: encoder)
    }
  }
}

/// The figures of a thin pool that works.
///
/// Text: `TRANSACTION META/META DATA/DATA HELD_ROOT MODE DISCARD NO_SPACE NEEDS_CHECK LOW_WATER`.
/// Older kernels end the line earlier; what they don't say is `nil`.
public struct ThinPoolWorkingStatus: Hashable, Sendable, Codable {
  /// The number that user space set last to guard against a stale view of the pool.
  public var transactionId: UInt64
  /// The use of the metadata device.
  public var metadata: Usage<MetaBlocks>
  /// The use of the data device.
  public var data: Usage<DataBlocks>
  /// The block of the metadata snapshot's root while one is held.
  public var heldMetadataRoot: MetaBlocks?
  /// What the pool can do at present; after running out of metadata it is ``ThinPoolMode/readOnly``.
  public var mode: ThinPoolMode
  /// What becomes of a discard in effect, whatever the table asks for.
  public var discard: ThinPoolDiscard?
  /// What becomes of a write without a free block.
  public var noSpacePolicy: ThinPoolNoSpacePolicy?
  /// Whether the metadata must be checked with `thin_check` before it can be written again.
  public var needsCheck: Bool?
  /// The free metadata blocks at which the kernel sends an event (kernels from 4.20 on).
  public var metadataLowWaterMark: MetaBlocks?
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    transactionId: UInt64, metadata: Usage<MetaBlocks>, data: Usage<DataBlocks>,
    heldMetadataRoot: MetaBlocks? = nil, mode: ThinPoolMode = .readWrite,
    discard: ThinPoolDiscard? = .passdown, noSpacePolicy: ThinPoolNoSpacePolicy? = .queue,
    needsCheck: Bool? = false, metadataLowWaterMark: MetaBlocks? = nil,
    trailing: TargetText = TargetText()
  ) {
    self.transactionId = transactionId
    self.metadata = metadata
    self.data = data
    self.heldMetadataRoot = heldMetadataRoot
    self.mode = mode
    self.discard = discard
    self.noSpacePolicy = noSpacePolicy
    self.needsCheck = needsCheck
    self.metadataLowWaterMark = metadataLowWaterMark
    self.trailing = trailing
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    transactionId = try fields.number("transaction id")
    metadata = try fields.usage("metadata blocks")
    data = try fields.usage("data blocks")
    heldMetadataRoot = fields.skip("-") ? nil : try fields.quantity("held metadata root")
    mode = try fields.keyword("mode")
    discard = fields.isAtEnd() ? nil : try fields.keyword("discard")
    noSpacePolicy = fields.isAtEnd() ? nil : try fields.keyword("no space policy")
    needsCheck = fields.isAtEnd() ? nil : try fields.flag("needs check", "needs_check")
    metadataLowWaterMark = fields.isAtEnd() ? nil : try fields.quantity("metadata low water mark")
    trailing = fields.remainder()
  }

  func write(to text: inout TextWriter) {
    text.number(transactionId)
    text.usage(metadata)
    text.usage(data)
    if let heldMetadataRoot { text.quantity(heldMetadataRoot) } else { text.word("-") }
    text.keyword(mode)
    guard let discard else { return }
    text.keyword(discard)
    guard let noSpacePolicy else { return }
    text.keyword(noSpacePolicy)
    guard let needsCheck else { return }
    text.word(needsCheck ? "needs_check" : "-")
    guard let metadataLowWaterMark else { return }
    text.quantity(metadataLowWaterMark)
    text.text(trailing)
  }
}

/// What a thin pool can do.
public enum ThinPoolMode: Keyword {
  /// Everything.
  case readWrite
  /// Reads, and writes to blocks that are mapped already.
  case outOfDataSpace
  /// Reads, and writes to blocks that are mapped already; the metadata can't be changed.
  case readOnly

  /// The word in a pool's status.
  public var keyword: StaticString {
    switch self {
    case .readWrite: "rw"
    case .outOfDataSpace: "out_of_data_space"
    case .readOnly: "ro"
    }
  }
}
