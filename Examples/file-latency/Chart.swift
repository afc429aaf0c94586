import DeviceMapperTargets
import FilemapStats

/// What a file's requests took, as lines of text with bars.
struct Chart {
  /// A line: a label, a bar, of which `part` is full, and what it is.
  struct Row {
    var label: String
    var part: Double
    var text: String
  }

  let title: String
  let rows: [Row]
  let summary: String
  /// The number of columns that bars may have.
  let barWidth: Int

  init(_ name: String, _ rates: Rates, width: Int) {
    let counters = rates.counters
    title =
      "\(name): \(counters.reads) reads of \(counters.sectorsRead.bytes.iec), "
      + "\(counters.writes) writes of \(counters.sectorsWritten.bytes.iec)"
    guard let histogram = counters.histogram else {
      (rows, summary, barWidth) = ([], "", 0)
      return
    }
    let most = max(1, histogram.counts.max() ?? 0)
    rows = zip(histogram.bins, histogram.fractions).map { bin, fraction in
      Row(
        label: bin.upper.map { "< \(Self.text($0))" } ?? ">= \(Self.text(bin.lower))",
        part: Double(bin.count) / Double(most),
        text: bin.count == 0 ? "" : "\(bin.count) (\(Int((fraction * 100).rounded())) %)")
    }
    summary =
      histogram.total == 0
      ? "no requests"
      : [0.5, 0.9, 0.99].compactMap { part in
        histogram.percentile(part).map { "p\(Int(part * 100)) \(Self.text($0))" }
      }.joined(separator: ", ")
    barWidth = max(8, width - 32)
  }

  /// A time in the unit that suits it.
  private static func text(_ time: Duration) -> String {
    let microseconds = Int(time / .microseconds(1))
    return switch microseconds {
    case ..<1000: "\(microseconds) us"
    case ..<1_000_000: "\(decimal(microseconds, 1000)) ms"
    default: "\(decimal(microseconds, 1_000_000)) s"
    }
  }

  private static func decimal(_ number: Int, _ unit: Int) -> String {
    let tenths = number * 10 / unit
    return tenths % 10 == 0 || tenths >= 1000
      ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
