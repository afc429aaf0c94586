/// The times that the operations took on a file, the shortest of all rounds.
struct Report {
  private let extents: Int
  private var times: [String: [Operation: Duration]] = [:]

  init(extents: Int) { self.extents = extents }

  /// Does everything once with one side.
  mutating func measure(_ side: any Side, _ file: ExtentFile) throws {
    try Operation.all(on: side, file) { operation, body in
      let time = try ContinuousClock().measure(body)
      let best = times[side.name]?[operation]
      times[side.name, default: [:]][operation] = best.map { min($0, time) } ?? time
    }
  }

  /// Prints a table: milliseconds, and how they compare.
  func show(_ sides: [String]) {
    print("\n\(extents) extents, ms" + sides.map { "  \($0)" }.joined(), terminator: "")
    print("  | ours/raw" + sides.dropFirst(2).map { "  \($0)/ours" }.joined())
    for operation in Operation.allCases {
      let all = sides.map { times[$0]?[operation] ?? .zero }
      var line = operation.rawValue
      for time in all { line += "  " + rounded(time / .milliseconds(1), 3) }
      line += "  | " + rounded(all[0] / all[1], 2)
      for time in all.dropFirst(2) { line += "  " + rounded(time / all[0], 1) }
      print(line)
    }
  }

  private func rounded(_ number: Double, _ digits: Int) -> String {
    var factor = 1.0
    for _ in 0..<digits { factor *= 10 }
    return "\((number * factor).rounded() / factor)"
  }
}
