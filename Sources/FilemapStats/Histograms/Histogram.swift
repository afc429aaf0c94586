/// How many requests took how long.
public struct Histogram: Hashable, Sendable, Codable {
  /// The times between the bins.
  public let bounds: HistogramBounds
  /// The number of requests in each bin, of which there is one more than bounds.
  public private(set) var counts: [UInt64]

  /// Creates an empty histogram.
  public init(bounds: HistogramBounds) {
    self.bounds = bounds
    counts = [UInt64](repeating: 0, count: bounds.binCount)
  }

  /// Creates a histogram, or returns `nil` unless there is a count for each bin.
  public init?(bounds: HistogramBounds, counts: [UInt64]) {
    guard counts.count == bounds.binCount else { return nil }
    self.bounds = bounds
    self.counts = counts
  }

  /// A bin.
  public struct Bin: Hashable, Sendable {
    /// The time from which on a request is counted here.
    public var lower: Duration
    /// The time below which it is; `nil` for the last bin.
    public var upper: Duration?
    /// The number of requests.
    public var count: UInt64
  }

  /// The bins, from the shortest times to the longest.
  public var bins: [Bin] {
    counts.indices.map { index in
      Bin(
        lower: index == 0 ? .zero : .nanoseconds(bounds.nanoseconds[index - 1]),
        upper: index < bounds.nanoseconds.count ? .nanoseconds(bounds.nanoseconds[index]) : nil,
        count: counts[index])
    }
  }

  /// The number of requests in all bins.
  public var total: UInt64 { counts.reduce(0, &+) }

  /// Each bin's part of all requests, from 0 to 1; zeros where there are no requests.
  public var fractions: [Double] {
    let total = total
    return counts.map { total == 0 ? 0 : Double($0) / Double(total) }
  }
}

extension Histogram {
  /// The time within which a part of all requests was done.
  ///
  /// Taken to be spread evenly over a bin. The last bin has no end: a part that reaches into it has
  /// the last bound for an answer, than which the true time is no less.
  ///
  /// - Parameter fraction: The part, from 0 to 1: 0.99 for the 99th percentile.
  /// - Returns: `nil` if there were no requests.
  public func percentile(_ fraction: Double) -> Duration? {
    let total = Double(total)
    guard total > 0 else { return nil }
    let target = total * min(max(fraction, 0), 1)
    var below = 0.0
    for (bin, count) in zip(bins, counts) where count > 0 {
      if below + Double(count) >= target {
        guard let upper = bin.upper else { return bin.lower }
        let share = max(0, target - below) / Double(count)
        return bin.lower + (upper - bin.lower) * share
      }
      below += Double(count)
    }
    return bounds.nanoseconds.last.map { .nanoseconds($0) }
  }

  /// Adds the counts of `other`, and tells whether its bounds are the same; nothing is added unless
  /// they are.
  public mutating func add(_ other: Histogram) -> Bool {
    guard bounds == other.bounds else { return false }
    for index in counts.indices { counts[index] &+= other.counts[index] }
    return true
  }

  /// What was counted since `earlier`, or `nil` if that has other bounds or greater counts: the
  /// counters were cleared between.
  public func since(_ earlier: Histogram) -> Histogram? {
    guard bounds == earlier.bounds else { return nil }
    var result = self
    for index in counts.indices {
      let (count, overflow) = counts[index].subtractingReportingOverflow(earlier.counts[index])
      if overflow { return nil }
      result.counts[index] = count
    }
    return result
  }
}

extension Histogram: CustomStringConvertible {
  /// The bins as ranges with counts: `0s-10ms: 7, 10ms-20ms: 1, >20ms: 0`.
  public var description: String {
    var parts: [String] = []
    for index in counts.indices {
      let lower = index == 0 ? "0s" : TimeUnit.text(bounds.nanoseconds[index - 1])
      let range =
        index < bounds.nanoseconds.count
        ? "\(lower)-\(TimeUnit.text(bounds.nanoseconds[index]))" : ">\(lower)"
      parts.append("\(range): \(counts[index])")
    }
    return parts.joined(separator: ", ")
  }
}
