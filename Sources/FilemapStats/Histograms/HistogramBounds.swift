/// The times that separate the bins of a latency histogram: `10ms,20ms`.
///
/// There is one bin more than there are bounds: below the first, between two, from the last on.
/// Kernels before device-mapper 4.33 have no histograms.
public struct HistogramBounds: Hashable, Sendable {
  /// The bounds in nanoseconds, strictly rising, the first above zero.
  public let nanoseconds: [UInt64]

  /// Takes bounds that are known to be in order.
  init(inOrder nanoseconds: [UInt64]) { self.nanoseconds = nanoseconds }

  /// Creates bounds.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/invalidBounds`` unless there are bounds that rise
  ///   strictly from above zero.
  public init(nanoseconds: [UInt64]) throws(StatsError) {
    var last: UInt64 = 0
    for (index, bound) in nanoseconds.enumerated() {
      guard bound > last else {
        throw StatsError(
          .invalidBounds, context: .argument("bound \(index + 1) is not above the one before it"))
      }
      last = bound
    }
    guard !nanoseconds.isEmpty else { throw StatsError(.invalidBounds, context: .empty) }
    self.nanoseconds = nanoseconds
  }

  /// Creates bounds of whole nanoseconds.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/invalidBounds`` unless there are bounds that rise
  ///   strictly from above zero.
  public init(_ bounds: [Duration]) throws(StatsError) {
    var nanoseconds: [UInt64] = []
    for bound in bounds {
      guard let count = UInt64(exactly: bound.attoseconds / 1_000_000_000) else {
        throw StatsError(.invalidBounds, context: .argument("\(bound)"))
      }
      nanoseconds.append(count)
    }
    try self.init(nanoseconds: nanoseconds)
  }

  /// The bounds.
  public var durations: [Duration] { nanoseconds.map { .nanoseconds($0) } }

  /// The number of bins.
  public var binCount: Int { nanoseconds.count + 1 }

  /// Whether the kernel must count in nanoseconds to have these bounds.
  public var needsPreciseTimestamps: Bool {
    nanoseconds.contains { !$0.isMultiple(of: TimeUnit.millisecond.nanoseconds) }
  }
}

/// A unit of time of the text form.
enum TimeUnit: CaseIterable {
  case second, millisecond, microsecond, nanosecond

  var nanoseconds: UInt64 {
    switch self {
    case .second: 1_000_000_000
    case .millisecond: 1_000_000
    case .microsecond: 1000
    case .nanosecond: 1
    }
  }

  var suffix: String {
    switch self {
    case .second: "s"
    case .millisecond: "ms"
    case .microsecond: "us"
    case .nanosecond: "ns"
    }
  }

  /// The time with the greatest unit of which it is a whole number.
  static func text(_ nanoseconds: UInt64) -> String {
    for unit in allCases where nanoseconds.isMultiple(of: unit.nanoseconds) {
      return "\(nanoseconds / unit.nanoseconds)\(unit.suffix)"
    }
    return "\(nanoseconds)ns"
  }
}

extension HistogramBounds: LosslessStringConvertible {
  /// Reads bounds, or returns `nil` where ``init(parsing:)`` throws.
  public init?(_ description: String) {
    guard let bounds = try? HistogramBounds(parsing: description) else { return nil }
    self = bounds
  }

  /// Reads bounds as `dmstats` does: numbers with commas between and a unit (`ns`, `us`, `ms`, `s`)
  /// or none.
  ///
  /// A unit holds for the numbers behind it too, until the next: `10ms,20,30` is 10, 20 and 30
  /// milliseconds, and `10,20ms` is 10 nanoseconds and 20 milliseconds. Before the first unit,
  /// numbers are nanoseconds.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/invalidBounds`` and what was expected where, or
  ///   unless the bounds rise strictly from above zero.
  public init(parsing text: String) throws(StatsError) {
    let bytes = Array(text.utf8)
    var nanoseconds: [UInt64] = []
    var unit = TimeUnit.nanosecond
    var position = 0
    while true {
      let (start, number) = (position, try Self.number(bytes, &position))
      if let found = Self.unit(bytes, &position) { unit = found }
      let (bound, overflow) = number.multipliedReportingOverflow(by: unit.nanoseconds)
      guard !overflow else { throw Self.expected("a time below 584 years", at: start) }
      nanoseconds.append(bound)
      if position == bytes.count { break }
      guard bytes[position] == UInt8(ascii: ",") else {
        throw Self.expected("a comma or ns, us, ms or s", at: position)
      }
      position += 1
    }
    try self.init(nanoseconds: nanoseconds)
  }

  private static func expected(_ what: String, at offset: Int) -> StatsError {
    StatsError(.invalidBounds, context: .expected(what, offset: offset))
  }

  private static func number(
    _ bytes: [UInt8], _ position: inout Int
  ) throws(StatsError) -> UInt64 {
    let start = position
    var value: UInt64 = 0
    while position < bytes.count {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      guard !overflow, !carry else { throw expected("a time below 584 years", at: start) }
      value = sum
      position += 1
    }
    guard position > start else { throw expected("a number", at: start) }
    return value
  }

  private static func unit(_ bytes: [UInt8], _ position: inout Int) -> TimeUnit? {
    // Longest first: a second's suffix ends every other.
    for unit in TimeUnit.allCases.reversed() where bytes[position...].starts(with: unit.suffix.utf8)
    {
      position += unit.suffix.utf8.count
      return unit
    }
    return nil
  }

  /// The bounds, each with the greatest unit of which it is a whole number: `500us,10ms,2s`.
  public var description: String { nanoseconds.map(TimeUnit.text).joined(separator: ",") }
}

extension HistogramBounds: Codable {
  /// Reads the text form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do throws(StatsError) { try self.init(parsing: text) } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
    }
  }

  /// Writes the text form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
