import Testing

@testable import FilemapStats

struct HistogramTests {
  @Test(arguments: [
    ("10ms,20,30", [10_000_000, 20_000_000, 30_000_000], "10ms,20ms,30ms"),
    ("10,20ms", [10, 20_000_000], "10ns,20ms"),
    ("1us,2ms,3s", [1000, 2_000_000, 3_000_000_000], "1us,2ms,3s"),
    ("1500ns,90s", [1500, 90_000_000_000], "1500ns,90s"),
    ("2500ms", [2_500_000_000], "2500ms"),
  ])
  func `bounds are read and printed as dmstats does`(
    text: String, nanoseconds: [UInt64], printed: String
  ) throws {
    let bounds = try HistogramBounds(parsing: text)
    #expect(bounds.nanoseconds == nanoseconds)
    #expect(bounds.description == printed)
    #expect(HistogramBounds(printed) == bounds)
  }

  @Test(arguments: [
    ("", 0), ("10ms,", 5), ("10x", 2), (",1", 0), ("10 ms", 2), ("10ms 20", 4),
    ("99999999999999999999", 0), ("18446744074s", 0), ("-1", 0),
  ])
  func `text that is no bounds is refused with its place`(text: String, offset: Int) throws {
    let error = #expect(throws: StatsError.self) { try HistogramBounds(parsing: text) }
    #expect(error?.code == .invalidBounds)
    guard case .expected(_, let found) = error?.context else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found == offset)
  }

  @Test(arguments: ["10ms,10ms", "20ms,10ms", "0ms,1ms"])
  func `bounds rise from above zero`(text: String) {
    #expect(HistogramBounds(text) == nil)
  }

  @Test func `bounds that are no whole milliseconds need precise times`() throws {
    #expect(try HistogramBounds(parsing: "999us").needsPreciseTimestamps)
    #expect(try !HistogramBounds(parsing: "1ms,5s").needsPreciseTimestamps)
    #expect(try HistogramBounds([.microseconds(1), .seconds(1)]).description == "1us,1s")
    #expect(throws: StatsError.self) { try HistogramBounds([.seconds(-1)]) }
    #expect(throws: StatsError.self) { try HistogramBounds([]) }
  }

  private func histogram(_ counts: [UInt64]) throws -> Histogram {
    try #require(
      Histogram(bounds: try HistogramBounds(parsing: "10ms,20ms,40ms"), counts: counts))
  }

  @Test func `bins are what is between the bounds`() throws {
    let histogram = try histogram([1, 2, 3, 4])
    #expect(histogram.bins.map(\.count) == [1, 2, 3, 4])
    #expect(histogram.bins[0].lower == .zero)
    #expect(histogram.bins[1].lower == .milliseconds(10))
    #expect(histogram.bins[1].upper == .milliseconds(20))
    #expect(histogram.bins[3].upper == nil)
    #expect(histogram.total == 10)
    #expect(histogram.fractions == [0.1, 0.2, 0.3, 0.4])
    #expect(histogram.description == "0s-10ms: 1, 10ms-20ms: 2, 20ms-40ms: 3, >40ms: 4")
  }

  @Test(arguments: [
    ([0, 100, 0, 0] as [UInt64], 0.5, Duration.milliseconds(15)),
    ([50, 50, 0, 0], 0.5, .milliseconds(10)), ([50, 50, 0, 0], 1, .milliseconds(20)),
    ([50, 0, 50, 0], 0.75, .milliseconds(30)), ([1, 0, 0, 1], 0.99, .milliseconds(40)),
    ([0, 0, 100, 0], 0, .milliseconds(20)), ([100, 0, 0, 0], 2, .milliseconds(10)),
  ])
  func `percentiles lie inside their bin`(
    counts: [UInt64], fraction: Double, expected: Duration
  ) throws {
    #expect(try histogram(counts).percentile(fraction) == expected)
  }

  @Test func `no requests have no percentile`() throws {
    #expect(try histogram([0, 0, 0, 0]).percentile(0.5) == nil)
    #expect(try histogram([0, 0, 0, 0]).fractions == [0, 0, 0, 0])
  }

  @Test func `histograms of the same bounds add up and differ`() throws {
    var sum = try histogram([1, 2, 3, 4])
    let added = sum.add(try histogram([4, 3, 2, 1]))
    #expect(added)
    #expect(sum.counts == [5, 5, 5, 5])
    #expect(sum.since(try histogram([1, 2, 3, 4]))?.counts == [4, 3, 2, 1])
    #expect(try histogram([1, 2, 3, 4]).since(sum) == nil)
    let other = Histogram(bounds: try HistogramBounds(parsing: "1ms,2ms,3ms"))
    let addedOther = sum.add(other)
    #expect(!addedOther)
    #expect(sum.counts == [5, 5, 5, 5])
    #expect(Histogram(bounds: other.bounds, counts: [1, 2]) == nil)
  }
}
