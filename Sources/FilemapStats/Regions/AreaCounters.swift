import DeviceMapperTargets

/// An area of a region and what was counted for it.
public struct AreaCounters: Hashable, Sendable, Codable {
  /// The sectors; of the last area, those that it truly has.
  public var range: SectorRange
  /// What was counted.
  public var counters: Counters

  /// Creates a value from its parts.
  public init(range: SectorRange, counters: Counters) {
    self.range = range
    self.counters = counters
  }
}

extension AreaCounters {
  /// Reads the reply to `@stats_print` for a region, and hands each area to `body`.
  static func read(
    _ text: Span<UInt8>, of region: Region, _ body: (AreaCounters) -> Void
  ) throws(ParseError) {
    var fields = FieldScanner(text)
    let unit = region.isPrecise ? TimeUnit.nanosecond : .millisecond
    let bounds = region.bounds
    while !fields.isAtEnd() {
      let word = try fields.word("area", expected: "START+LENGTH")
      guard let printed = SectorRange(word.bytes) else {
        throw fields.unexpected(word, "area", expected: "START+LENGTH")
      }
      // The kernel prints the full size for a last area that is shorter.
      let end = max(printed.start, min(printed.end, region.range.end))
      body(
        AreaCounters(
          range: SectorRange(from: printed.start, to: end),
          counters: try Counters(fields: &fields, unit: unit, bounds: bounds)))
    }
  }
}

extension Counters {
  /// Reads the counters of a row, the histogram included if the region has one.
  init(
    fields: inout FieldScanner, unit: TimeUnit, bounds: HistogramBounds?
  ) throws(ParseError) {
    reads = try fields.number("reads")
    readsMerged = try fields.number("reads merged")
    sectorsRead = Sectors(rawValue: try fields.number("sectors read"))
    timeReading = try fields.time("time reading", unit)
    writes = try fields.number("writes")
    writesMerged = try fields.number("writes merged")
    sectorsWritten = Sectors(rawValue: try fields.number("sectors written"))
    timeWriting = try fields.time("time writing", unit)
    inFlight = try fields.number("requests in flight")
    timeBusy = try fields.time("time busy", unit)
    weightedTimeBusy = try fields.time("weighted time busy", unit)
    timeBusyReading = try fields.time("time busy reading", unit)
    timeBusyWriting = try fields.time("time busy writing", unit)
    guard let bounds else { return }
    let word = try fields.word("histogram", expected: "a count for each bin")
    var counts: [UInt64] = []
    counts.reserveCapacity(bounds.binCount)
    var value: UInt64 = 0
    for index in word.bytes.indices {
      let byte = word.bytes[index]
      if byte == UInt8(ascii: ":") {
        counts.append(value)
        value = 0
      } else {
        let digit = byte &- UInt8(ascii: "0")
        guard digit < 10 else {
          throw fields.unexpected(word, "histogram", expected: "a count for each bin")
        }
        value = value &* 10 &+ UInt64(digit)
      }
    }
    counts.append(value)
    guard let histogram = Histogram(bounds: bounds, counts: counts) else {
      throw fields.unexpected(word, "histogram", expected: "\(bounds.binCount) counts")
    }
    self.histogram = histogram
  }
}

extension FieldScanner {
  fileprivate mutating func time(
    _ field: StaticString, _ unit: TimeUnit
  ) throws(ParseError) -> Duration {
    let count: UInt64 = try number(field)
    return switch unit {
    case .nanosecond: .nanoseconds(count)
    default: .milliseconds(count)
    }
  }
}
