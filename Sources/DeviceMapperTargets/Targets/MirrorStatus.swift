/// The status of `mirror`.
///
/// Text: `COUNT DEVICE… IN_SYNC/TOTAL 1 LETTERS LOG`, a letter a copy.
/// Kernel code: `drivers/md/dm-raid1.c`, `dm-log.c`.
public struct MirrorStatus: TargetStatus {
  /// The status of one copy.
  public struct Leg: Hashable, Sendable, Codable {
    /// The device below.
    public var device: Device
    /// Whether the copy had an error.
    public var state: MirrorLegState

    /// Creates the status of a copy.
    public init(device: Device, state: MirrorLegState) {
      self.device = device
      self.state = state
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .mirror }

  /// The copies, in order.
  public var legs: [Leg]
  /// How many regions agree on all copies.
  public var inSync: Usage<Regions>
  /// How the log is doing.
  public var log: MirrorLogStatus
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    legs: [Leg], inSync: Usage<Regions>, log: MirrorLogStatus, trailing: TargetText = TargetText()
  ) {
    self.legs = legs
    self.inSync = inSync
    self.log = log
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let count: UInt32 = try fields.number("number of legs")
    var legs: [Leg] = []
    for _ in 0..<count {
      legs.append(Leg(device: try fields.deviceNumber("device"), state: .alive))
    }
    let inSync: Usage<Regions> = try fields.usage("regions in sync")
    // One group of letters, for all copies.
    let _: UInt32 = try fields.number("number of groups", in: 1...1)
    let expected = "one of A, D, F, S, R and U for each leg"
    let word = try fields.word("leg states", expected: expected)
    guard word.bytes.count == legs.count else {
      throw fields.unexpected(word, "leg states", expected: expected)
    }
    for index in word.bytes.indices where word.bytes[index] != MirrorLegState.alive.letter {
      guard let state = MirrorLegState(letter: word.bytes[index]) else {
        throw fields.unexpected(word, "leg states", expected: expected, reason: .unknownWord)
      }
      legs[index].state = state
    }
    let log = try MirrorLogStatus(fields: &fields)
    self.init(legs: legs, inSync: inSync, log: log, trailing: fields.remainder())
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.number(UInt(legs.count))
    for leg in legs { text.device(leg.device) }
    text.usage(inSync)
    text.word("1")
    text.text(TargetText(sharing: legs.map(\.state.letter)[...]))
    log.write(to: &text)
    text.text(trailing)
  }
}

extension MirrorStatus {
  /// Whether all copies agree and none had an error.
  public var isInSync: Bool {
    inSync.used == inSync.total && legs.allSatisfy { $0.state == .alive }
  }

  /// Failed when every copy had an error or the log's daemon doesn't answer; degraded when a copy or
  /// the log had an error, or the copies don't agree yet.
  public var health: Health {
    var health = Health.healthy
    let failed = legs.count { $0.state != .alive }
    for (index, leg) in legs.enumerated() where leg.state != .alive {
      health.add(
        failed == legs.count ? .failed : .degraded,
        "leg \(index) (\(leg.device)) had a \(leg.state) error")
    }
    if log.isUnreachable { health.add(.failed, "log server unreachable") }
    if let state = log.state, state != .alive { health.add(.degraded, "log failed") }
    if inSync.used < inSync.total {
      health.add(.degraded, "not in sync")
      if failed == 0 { health.progress = Progress("resync", fraction: inSync.fraction) }
    }
    return health
  }
}

/// Whether a copy of a mirror had an error.
public enum MirrorLegState: Keyword {
  /// It had none (`A`).
  case alive
  /// A write failed (`D`).
  case writeError
  /// A flush failed (`F`).
  case flushError
  /// It couldn't be synchronised (`S`).
  case syncError
  /// A read failed (`R`).
  case readError
  /// It had an error of another kind (`U`).
  case unknownError

  /// The word in JSON.
  public var keyword: StaticString {
    switch self {
    case .alive: "alive"
    case .writeError: "write"
    case .flushError: "flush"
    case .syncError: "sync"
    case .readError: "read"
    case .unknownError: "unknown"
    }
  }

  var letter: UInt8 {
    switch self {
    case .alive: UInt8(ascii: "A")
    case .writeError: UInt8(ascii: "D")
    case .flushError: UInt8(ascii: "F")
    case .syncError: UInt8(ascii: "S")
    case .readError: UInt8(ascii: "R")
    case .unknownError: UInt8(ascii: "U")
    }
  }

  init?(letter: UInt8) {
    for state in Self.allCases where state.letter == letter {
      self = state
      return
    }
    return nil
  }
}
