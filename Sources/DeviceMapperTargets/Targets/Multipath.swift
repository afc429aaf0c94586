/// The parameters of `multipath`: one device behind several paths.
///
/// Text: `COUNT FEATURE… COUNT [HANDLER ARGUMENT…] GROUPS NEXT GROUP…`, where a group is
/// `SELECTOR COUNT ARGUMENT… PATHS COUNT (DEVICE ARGUMENT…)…`. Kernel code: `drivers/md/dm-mpath.c`.
///
/// A kernel doesn't print the arguments of the hardware handler, and prints in `queue_if_no_path`
/// what the last message said.
public struct MultipathTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = MultipathStatus
  /// A message to the target.
  public typealias Message = MultipathMessage

  /// The type of target.
  public static var targetType: TargetType { .multipath }

  /// The numbers of groups that the kernel has.
  public static let groupCounts: ClosedRange<Int> = 0...1024

  /// How the device differs from the default.
  public var features: MultipathFeatures
  /// What tells the hardware that another path is used, if that is needed.
  public var hardwareHandler: MultipathHardwareHandler?
  /// The groups of paths; one of them is used at a time.
  public let groups: [MultipathGroup]
  /// The number of the group to use first, from 1 on; 0 where there is none.
  public let nextGroup: UInt32

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if there are too many groups or the next one isn't among them.
  public init(
    features: MultipathFeatures = MultipathFeatures(),
    hardwareHandler: MultipathHardwareHandler? = nil, groups: [MultipathGroup], nextGroup: UInt32
  ) throws(ParameterError) {
    guard Self.groupCounts.contains(groups.count) else {
      throw ParameterError(Self.targetType, "number of groups", rule: "from 0 to 1024")
    }
    guard nextGroup <= groups.count, (nextGroup == 0) == groups.isEmpty else {
      throw ParameterError(
        Self.targetType, "next group", rule: "the number of a group, or 0 if there is none")
    }
    self.features = features
    self.hardwareHandler = hardwareHandler
    self.groups = groups
    self.nextGroup = nextGroup
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let features = try MultipathFeatures(fields: &fields)
    let handler = try MultipathHardwareHandler.read(&fields)
    let count: UInt32 = try fields.number("number of groups")
    let next: UInt32 = try fields.number("next group")
    var groups: [MultipathGroup] = []
    for _ in 0..<count { groups.append(try MultipathGroup(fields: &fields)) }
    try fields.end()
    do {
      try self.init(
        features: features, hardwareHandler: handler, groups: groups, nextGroup: next)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let features = try values.decode(MultipathFeatures.self, forKey: .features)
    let handler = try values.decodeIfPresent(
      MultipathHardwareHandler.self, forKey: .hardwareHandler)
    let groups = try values.decode([MultipathGroup].self, forKey: .groups)
    let next = try values.decode(UInt32.self, forKey: .nextGroup)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(features: features, hardwareHandler: handler, groups: groups, nextGroup: next)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    features.write(to: &text)
    MultipathHardwareHandler.write(hardwareHandler, to: &text)
    text.number(UInt(groups.count))
    text.number(nextGroup)
    for group in groups { group.write(to: &text) }
  }
}

/// What tells the hardware behind a `multipath` device that another path is used.
public struct MultipathHardwareHandler: Hashable, Sendable, Codable {
  /// The name of the handler.
  public var name: MultipathHardwareHandlerName
  /// Its arguments; kernels don't print them.
  public var arguments: [TargetWord]

  /// Creates a handler.
  public init(_ name: MultipathHardwareHandlerName, arguments: [TargetWord] = []) {
    self.name = name
    self.arguments = arguments
  }

  /// Reads a number of words, the first of which is the name; none stands for no handler.
  static func read(_ fields: inout FieldScanner) throws(ParseError) -> Self? {
    var handler: Self?
    try fields.group("hardware handler argument count") { fields throws(ParseError) in
      if handler == nil {
        handler = Self(try fields.name("hardware handler"))
      } else {
        handler?.arguments.append(try fields.openWord("hardware handler argument"))
      }
    }
    return handler
  }

  static func write(_ handler: Self?, to text: inout TextWriter) {
    text.group { text in
      guard let handler else { return }
      text.name(handler.name)
      for word in handler.arguments { text.openWord(word) }
    }
  }
}

/// The name of a hardware handler of `multipath`.
public struct MultipathHardwareHandlerName: OpenName {
  /// The name as the kernel spells it.
  public var rawValue: TargetWord

  /// Creates a name from its word.
  public init(rawValue: TargetWord) { self.rawValue = rawValue }

  /// Asymmetric logical unit access, as SCSI has it.
  public static let alua: MultipathHardwareHandlerName = "alua"
  /// LSI and NetApp E-Series.
  public static let rdac: MultipathHardwareHandlerName = "rdac"
  /// EMC CLARiiON.
  public static let emc: MultipathHardwareHandlerName = "emc"
  /// HP MSA in active/passive mode.
  public static let hpSw: MultipathHardwareHandlerName = "hp_sw"
}
