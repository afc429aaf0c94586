import Foundation

/// Where charts appear: on a terminal each in the place of the one before it, in colours; elsewhere one
/// below the other, as plain text.
struct Screen {
  private let isTerminal =
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  private let isColoured = ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  private var lines = 0

  /// The number of columns.
  var width: Int {
    var size = winsize()
    let failed = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
    return isTerminal && failed == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  mutating func show(_ chart: Chart) {
    var text: [String] = [chart.title]
    for row in chart.rows {
      let label = String(repeating: " ", count: max(0, 10 - row.label.count)) + row.label
      text.append("\(label) \(bar(row.part, chart.barWidth)) \(row.text)")
    }
    text.append(chart.summary)
    if isTerminal {
      // Up to the first line of the last chart, and away with everything from there on.
      if lines > 0 { print("\u{1b}[\(lines)A", terminator: "") }
      print("\u{1b}[J", terminator: "")
    } else if lines > 0 {
      print()
    }
    for line in text {
      var line = line
      while line.last == " " { line.removeLast() }
      print(line)
    }
    lines = text.count
    fflush(nil)
  }

  private func bar(_ part: Double, _ width: Int) -> String {
    guard isTerminal else {
      return String(repeating: "#", count: Int((part * Double(width)).rounded(.up)))
    }
    let eighths = Int((part * Double(width) * 8).rounded(.up))
    var bar = String(repeating: "█", count: eighths / 8)
    if eighths % 8 > 0 { bar.append(["▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8 - 1]) }
    return isColoured ? "\u{1b}[36m\(bar)\u{1b}[0m" : bar
  }
}
