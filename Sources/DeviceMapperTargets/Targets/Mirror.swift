/// The parameters of `mirror`: copies of the same data, the older way to RAID 1.
///
/// Text: `LOG COUNT ARGUMENT… COUNT (DEVICE START)… [COUNT FEATURE…]`. The kernel tells upper and
/// lower case apart here. Kernel code: `drivers/md/dm-raid1.c`, `dm-log.c`.
public struct MirrorTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = MirrorStatus

  /// A copy.
  public struct Leg: Hashable, Sendable, Codable {
    /// The device below.
    public var device: DeviceReference
    /// The first sector of the range on the device below.
    public var start: Sectors

    /// Creates a copy from its parts.
    public init(device: DeviceReference, start: Sectors) {
      self.device = device
      self.start = start
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .mirror }

  /// The numbers of copies that the kernel has; libdevmapper takes 8 at most.
  public static let legCounts: ClosedRange<Int> = 2...9

  /// What remembers which parts of the copies agree.
  public let log: MirrorLog
  /// The copies; the first one is read from unless it fails.
  public let legs: [Leg]
  /// Whether a failed copy is taken out of use, instead of errors being ignored.
  public let handlesErrors: Bool
  /// Whether writes go on when the log fails, so that it can be kept through a reload.
  public let keepsLog: Bool
  /// Words that this version doesn't know, in order.
  public let unknown: [TargetWord]

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` with the rule of the kernel that they break.
  public init(
    log: MirrorLog, legs: [Leg], handlesErrors: Bool = false, keepsLog: Bool = false,
    unknown: [TargetWord] = []
  ) throws(ParameterError) {
    try log.check()
    guard Self.legCounts.contains(legs.count) else {
      throw ParameterError(Self.targetType, "number of legs", rule: "from 2 to 9")
    }
    if keepsLog, !handlesErrors {
      throw ParameterError(Self.targetType, "keep_log", rule: "used with handle_errors")
    }
    self.log = log
    self.legs = legs
    self.handlesErrors = handlesErrors
    self.keepsLog = keepsLog
    self.unknown = unknown
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let log = try MirrorLog(fields: &fields)
    let count: UInt32 = try fields.number("number of legs")
    var legs: [Leg] = []
    for _ in 0..<count {
      let device = try fields.device("device")
      legs.append(Leg(device: device, start: try fields.quantity("start")))
    }
    var (handlesErrors, keepsLog) = (false, false)
    var unknown: [TargetWord] = []
    if !fields.isAtEnd() {
      try fields.group("feature count") { fields throws(ParseError) in
        if fields.skip("handle_errors") {
          handlesErrors = true
        } else if fields.skip("keep_log") {
          keepsLog = true
        } else {
          unknown.append(try fields.openWord("feature"))
        }
      }
    }
    try fields.end()
    do {
      try self.init(
        log: log, legs: legs, handlesErrors: handlesErrors, keepsLog: keepsLog, unknown: unknown)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let log = try values.decode(MirrorLog.self, forKey: .log)
    let legs = try values.decode([Leg].self, forKey: .legs)
    let handlesErrors = try values.decode(Bool.self, forKey: .handlesErrors)
    let keepsLog = try values.decode(Bool.self, forKey: .keepsLog)
    let unknown = try values.decode([TargetWord].self, forKey: .unknown)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(
        log: log, legs: legs, handlesErrors: handlesErrors, keepsLog: keepsLog, unknown: unknown)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    log.write(to: &text)
    text.number(UInt(legs.count))
    for leg in legs {
      text.device(leg.device)
      text.quantity(leg.start)
    }
    // Kernels print no count when there is no feature.
    guard handlesErrors || keepsLog || !unknown.isEmpty else { return }
    text.group { text in
      if handlesErrors { text.word("handle_errors") }
      if keepsLog { text.word("keep_log") }
      for word in unknown { text.openWord(word) }
    }
  }

  /// Checks that a region is no longer than the device.
  public func check(length: Sectors) throws(ParameterError) {
    guard log.regionSize ?? 0 <= length else {
      throw ParameterError(Self.targetType, "region size", rule: "the length at most")
    }
  }
}
