/// The status of `snapshot`, and inside ``SnapshotMergeStatus`` that of `snapshot-merge`.
///
/// Text: `ALLOCATED/TOTAL METADATA`, or one of four phrases.
/// Kernel document: `admin-guide/device-mapper/snapshot.rst`.
public enum SnapshotStatus: TargetStatus {
  /// The type of target.
  public static var targetType: TargetType { .snapshot }

  /// The snapshot works.
  case active(SnapshotUsage)
  /// The snapshot is lost: the store was full, had an error or isn't valid. That is for good.
  case invalid
  /// A chunk couldn't be merged; the origin works, and the merge doesn't go on.
  case mergeFailed
  /// The store is full: writes to the snapshot fail and reads don't. That is for good.
  case overflow
  /// The store can't tell how full it is.
  case unknown

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    if fields.skip("Invalid") {
      self = .invalid
    } else if fields.skip("Merge") {
      guard fields.skip("failed") else {
        throw fields.missing("merge", expected: "failed")
      }
      self = .mergeFailed
    } else if fields.skip("Overflow") {
      self = .overflow
    } else if fields.skip("Unknown") {
      self = .unknown
    } else {
      self = .active(try SnapshotUsage(fields: &fields))
      return
    }
    try fields.end()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    switch self {
    case .active(let usage): usage.write(to: &text)
    case .invalid: text.word("Invalid")
    case .mergeFailed:
      text.word("Merge")
      text.word("failed")
    case .overflow: text.word("Overflow")
    case .unknown: text.word("Unknown")
    }
  }
}

extension SnapshotStatus {
  /// Failed when the snapshot is lost or can't be merged; degraded when its store is full.
  public var health: Health {
    switch self {
    case .active(let usage):
      let isFull = usage.allocation.total > 0 && usage.allocation.free == 0
      return isFull ? Health(.degraded, ["store full"]) : .healthy
    case .invalid: return Health(.failed, ["snapshot invalid"])
    case .mergeFailed: return Health(.failed, ["merge failed"])
    case .overflow: return Health(.degraded, ["store overflowed"])
    case .unknown: return .healthy
    }
  }
}

/// A stable form in JSON: the figures beside a `state` of `active`, `invalid`, `merge_failed`,
/// `overflow` or `unknown`.
extension SnapshotStatus {
  private enum State: Keyword {
    case active, invalid, mergeFailed, overflow, unknown

    var keyword: StaticString {
      switch self {
      case .active: "active"
      case .invalid: "invalid"
      case .mergeFailed: "merge_failed"
      case .overflow: "overflow"
      case .unknown: "unknown"
      }
    }
  }

  private var state: State {
    switch self {
    case .active: .active
    case .invalid: .invalid
    case .mergeFailed: .mergeFailed
    case .overflow: .overflow
    case .unknown: .unknown
    }
  }

  /// Decodes the state and, of a snapshot that works, its figures.
  public init(from decoder: any Decoder) throws {
    switch try StateKey.decode(from: decoder) as State {
    case .active: self = .active(try SnapshotUsage(from: decoder))
    case .invalid: self = .invalid
    case .mergeFailed: self = .mergeFailed
    case .overflow: self = .overflow
    case .unknown: self = .unknown
    }
  }

  /// Encodes the state and, of a snapshot that works, its figures.
  public func encode(to encoder: any Encoder) throws {
    try StateKey.encode(state, to: encoder)
    if case .active(let usage) = self { try usage.encode(to: encoder) }
  }
}

/// How full the store of a snapshot is.
public struct SnapshotUsage: Hashable, Sendable, Codable {
  /// What is allocated, metadata included, and the size of the store.
  public var allocation: Usage<Sectors>
  /// How much of that is metadata: more than 0 for a persistent store, 0 for a transient one.
  public var metadata: Sectors?
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a usage from its fields.
  public init(
    allocation: Usage<Sectors>, metadata: Sectors?, trailing: TargetText = TargetText()
  ) {
    self.allocation = allocation
    self.metadata = metadata
    self.trailing = trailing
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    allocation = try fields.usage("allocation")
    // Kernels before 2.6.33 didn't tell.
    metadata = fields.isAtEnd() ? nil : try fields.quantity("metadata")
    trailing = fields.remainder()
  }

  func write(to text: inout TextWriter) {
    text.usage(allocation)
    guard let metadata else { return }
    text.quantity(metadata)
    text.text(trailing)
  }

  /// What differs from the origin: what is allocated and no metadata.
  public var data: Sectors {
    Sectors(rawValue: allocation.used.rawValue - min(metadata ?? 0, allocation.used).rawValue)
  }
}

/// The status of `snapshot-merge`.
///
/// The text is that of ``SnapshotStatus``, whose figures shrink as the merge goes on.
public struct SnapshotMergeStatus: TargetStatus {
  /// The type of target.
  public static var targetType: TargetType { .snapshotMerge }

  /// How the snapshot is that is merged.
  public var snapshot: SnapshotStatus

  /// Creates a status.
  public init(_ snapshot: SnapshotStatus) { self.snapshot = snapshot }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    snapshot = try SnapshotStatus(fields: &fields)
  }

  /// Decodes the form of ``SnapshotStatus``.
  public init(from decoder: any Decoder) throws { snapshot = try SnapshotStatus(from: decoder) }

  /// Encodes the form of ``SnapshotStatus``.
  public func encode(to encoder: any Encoder) throws { try snapshot.encode(to: encoder) }

  /// Appends the fields.
  public func write(to text: inout TextWriter) { snapshot.write(to: &text) }

  /// How much has to flow back yet; `nil` for a snapshot that doesn't work.
  public var remaining: Sectors? {
    if case .active(let usage) = snapshot { usage.data } else { nil }
  }

  /// Whether everything has flowed back: the table can be replaced by one without the snapshot.
  public var isComplete: Bool { remaining == 0 }

  /// The health of the snapshot; a store that is full does no harm to a merge.
  public var health: Health {
    if case .active = snapshot { .healthy } else { snapshot.health }
  }
}
