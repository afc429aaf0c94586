/// The status of `zoned`.
///
/// Text: `TOTAL zones [FREE/TOTAL cache] (FREE/TOTAL random FREE/TOTAL sequential)…`, a group a
/// device that has other zones than cache zones. Kernels before 5.8 have one group and no cache.
public struct ZonedStatus: TargetStatus {
  /// How many zones of a kind there are, and how many of them hold nothing.
  public struct Count: Hashable, Sendable, Codable {
    /// The zones that hold nothing.
    public var free: Zones
    /// All zones of the kind.
    public var total: Zones

    /// Creates a count.
    public init(free: Zones, total: Zones) {
      self.free = free
      self.total = total
    }

    init(fields: inout FieldScanner, _ field: StaticString) throws(ParseError) {
      let pair: Usage<Zones> = try fields.usage(field)
      self.init(free: pair.used, total: pair.total)
    }

    func write(to text: inout TextWriter) { text.usage(Usage(used: free, total: total)) }

    /// The zones that hold data, and all.
    public var usage: Usage<Zones> {
      Usage(used: Zones(rawValue: total.rawValue - min(free, total).rawValue), total: total)
    }
  }

  /// The zones of a device.
  public struct Group: Hashable, Sendable, Codable {
    /// Zones that take writes anywhere.
    public var random: Count
    /// Zones that take writes at their write pointer only.
    public var sequential: Count

    /// Creates a group.
    public init(random: Count, sequential: Count) {
      self.random = random
      self.sequential = sequential
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .zoned }

  /// All zones.
  public var zones: Zones
  /// The zones of the regular device; `nil` before target version 2.0.
  public var cache: Count?
  /// The zones of each device but the regular one.
  public var groups: [Group]
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    zones: Zones, cache: Count?, groups: [Group], trailing: TargetText = TargetText()
  ) {
    self.zones = zones
    self.cache = cache
    self.groups = groups
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    zones = try fields.quantity("zones")
    try Self.expect("zones", &fields)
    cache = nil
    groups = []
    var isFirst = true
    while let word = fields.peek(), isFirst || word.bytes.firstIndex(of: UInt8(ascii: "/")) != nil {
      let count = try Count(fields: &fields, isFirst ? "cache or random zones" : "random zones")
      if isFirst, fields.skip("cache") {
        cache = count
      } else {
        try Self.expect("random", &fields)
        let sequential = try Count(fields: &fields, "sequential zones")
        try Self.expect("sequential", &fields)
        groups.append(Group(random: count, sequential: sequential))
      }
      isFirst = false
    }
    if isFirst { throw fields.missing("cache or random zones", expected: "free/total") }
    trailing = fields.remainder()
  }

  private static func expect(
    _ word: StaticString, _ fields: inout FieldScanner
  ) throws(ParseError) {
    let found = try fields.word("kind of zones", expected: "\(word)")
    guard found == word else {
      throw fields.unexpected(found, "kind of zones", expected: "\(word)", reason: .unknownWord)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.quantity(zones)
    text.word("zones")
    if let cache {
      cache.write(to: &text)
      text.word("cache")
    }
    for group in groups {
      group.random.write(to: &text)
      text.word("random")
      group.sequential.write(to: &text)
      text.word("sequential")
    }
    text.text(trailing)
  }
}
