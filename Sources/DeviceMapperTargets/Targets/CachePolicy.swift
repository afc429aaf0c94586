/// What decides which blocks are in a cache: the name of a policy and its arguments.
public struct CachePolicy: Hashable, Sendable, Codable {
  /// A setting of a policy or, as ``CachePolicy/migrationThresholdKey``, of the cache itself.
  public struct Argument: Hashable, Sendable, Codable {
    /// The name of the setting.
    public var key: TargetWord
    /// Its value, a number for all that the kernel has.
    public var value: TargetWord

    /// Creates a setting.
    public init(key: TargetWord, value: TargetWord) {
      self.key = key
      self.value = value
    }

    init(fields: inout FieldScanner) throws(ParseError) {
      key = try fields.openWord("key", expected: "a key")
      value = try fields.openWord("value", expected: "a value")
    }
  }

  /// The setting of the cache itself: how many sectors may be on the move at a time.
  public static let migrationThresholdKey: TargetWord = "migration_threshold"
  /// The migration threshold of a cache whose table doesn't have one.
  public static let defaultMigrationThreshold: Sectors = 2048

  /// The name of the policy.
  public var name: CachePolicyName
  /// The settings, in order.
  public var arguments: [Argument]

  /// Creates a policy with settings.
  public init(_ name: CachePolicyName, arguments: [Argument] = []) {
    self.name = name
    self.arguments = arguments
  }

  /// Creates a policy for a cache that moves at most `migrationThreshold` sectors at a time.
  public init(_ name: CachePolicyName, migrationThreshold: Sectors) {
    self.init(name)
    if let value = TargetWord("\(migrationThreshold.rawValue)") {
      arguments = [Argument(key: Self.migrationThresholdKey, value: value)]
    }
  }

  /// How many sectors may be on the move at a time, if that is among the settings of a table.
  public var migrationThreshold: Sectors? {
    let last = arguments.last { $0.key == Self.migrationThresholdKey }
    return last?.value.bytes.decimal().map { Sectors(rawValue: $0) }
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    let name: CachePolicyName = try fields.name("policy")
    var arguments: [Argument] = []
    try fields.group("policy argument count") { fields throws(ParseError) in
      arguments.append(try Argument(fields: &fields))
    }
    self.init(name, arguments: arguments)
  }

  static func write(_ arguments: [Argument], to text: inout TextWriter) {
    for argument in arguments {
      text.openWord(argument.key)
      text.openWord(argument.value)
    }
  }

  func write(to text: inout TextWriter) {
    text.name(name)
    text.number(UInt(arguments.count) * 2)
    Self.write(arguments, to: &text)
  }
}

/// The name of a policy of `cache`.
public struct CachePolicyName: OpenName {
  /// The name as the kernel spells it, at most 15 bytes there.
  public var rawValue: TargetWord

  /// Creates a name from its word.
  public init(rawValue: TargetWord) { self.rawValue = rawValue }

  /// Stochastic multiqueue, what every name but ``cleaner`` stands for since Linux 4.6.
  public static let smq: CachePolicyName = "smq"
  /// The policy before that; its name and settings are taken and mean ``smq``.
  public static let mq: CachePolicyName = "mq"
  /// Writes everything back, to take the cache off afterwards.
  public static let cleaner: CachePolicyName = "cleaner"
  /// The kernel's choice; a status gives the name of what it is.
  public static let `default`: CachePolicyName = "default"
}
