import DeviceMapperTargets

extension Benchmark {
  /// Text of whole tables, for which libdevmapper has nothing: a large table beside small ones of
  /// as many lines, which shows whether time is linear.
  static var tables: [Benchmark] {
    [
      Benchmark(name: "parse text of 16000 lines") { meter in
        let (small, large) = (text(1000), text(16000))
        try meter.measure(.ours, 1) { try parse(large) }
        try meter.measure(.theirs, 1) { for _ in 0..<16 { try parse(small) } }
      }
    ]
  }

  private static func parse(_ text: [UInt8]) throws {
    let table = try TargetTable<AnyTarget>(parsing: text.span)
    use(table)
  }

  /// A table of `linear` lines as `dmsetup table` prints it.
  private static func text(_ lines: Int) -> [UInt8] {
    var text = ""
    for line in 0..<lines { text += "\(line * 8) 8 linear 254:\(line % 16) \(line * 24)\n" }
    return Array(text.utf8)
  }
}
