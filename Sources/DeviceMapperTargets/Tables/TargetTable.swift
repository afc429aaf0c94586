/// A table: lines that cover a device from its first sector without gap or overlap.
public struct TargetTable<Content: TargetContent>: Hashable, Sendable {
  /// The lines, in order.
  public let lines: [TargetLine<Content>]

  /// Creates a table, as the kernel would accept its ranges.
  ///
  /// - Throws: ``TableError`` with the first line that breaks a rule.
  public init(_ lines: [TargetLine<Content>]) throws(TableError) {
    // The kernel's bound on the end of a table, in sectors.
    let limit: UInt64 = (1 << 63) / 512
    var end: UInt64 = 0
    for (index, line) in lines.enumerated() {
      let start = line.start.rawValue
      if start > end {
        throw .gap(line: index, start: line.start, expected: Sectors(rawValue: end))
      }
      if start < end {
        throw .overlap(line: index, start: line.start, expected: Sectors(rawValue: end))
      }
      if line.length.rawValue == 0 { throw .zeroLength(line: index) }
      let (sum, overflow) = end.addingReportingOverflow(line.length.rawValue)
      if overflow || sum > limit { throw .tooLong(line: index) }
      do { try line.content.check(length: line.length) } catch {
        throw .length(line: index, error)
      }
      end = sum
    }
    if lines.isEmpty { throw .empty }
    self.lines = lines
  }

  /// Creates a table of one line from the first sector.
  public init(length: Sectors, _ content: Content) throws(TableError) {
    try self.init([TargetLine(start: 0, length: length, content)])
  }

  /// The length of the device.
  public var length: Sectors {
    lines.last.map { Sectors(rawValue: $0.start.rawValue + $0.length.rawValue) } ?? 0
  }

  /// The table with its contents as text.
  public var verbatim: TargetTable<VerbatimTarget> {
    TargetTable<VerbatimTarget>(valid: lines.map(\.verbatim))
  }

  /// The table with its contents read as another type.
  public func parsed<Typed: TargetContent>(
    as type: Typed.Type = Typed.self
  ) throws(ParseError) -> TargetTable<Typed> where Content == VerbatimTarget {
    var typed: [TargetLine<Typed>] = []
    typed.reserveCapacity(lines.count)
    for line in lines { typed.append(try line.parsed()) }
    return TargetTable<Typed>(valid: typed)
  }

  private init(valid lines: [TargetLine<Content>]) { self.lines = lines }
}
