/// A table: lines that cover a device from its first sector without gap or overlap.
public struct TargetTable<Content: TargetContent>: Hashable, Sendable {
  /// The lines, in order.
  public let lines: [TargetLine<Content>]

  /// Creates a table, as the kernel would accept its ranges.
  ///
  /// - Throws: ``TableError`` with the first line that breaks a rule.
  @inlinable
  // Inlinable like the other loops over lines: for a type of content that is only known at run time,
  // a line costs a thousand instructions to look at, and thirty otherwise.
  public init(_ lines: [TargetLine<Content>]) throws(TableError) {
    var ranges = TableRanges()
    let span = lines.span
    for index in span.indices {
      let length = span[index].length
      try ranges.append(span[index].start, length)
      do { try span[index].content.check(length: length) } catch {
        throw .length(line: index, error)
      }
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
  @inlinable
  public func parsed<Typed: TargetContent>(
    as type: Typed.Type = Typed.self
  ) throws(ParseError) -> TargetTable<Typed> where Content == VerbatimTarget {
    var typed: [TargetLine<Typed>] = []
    typed.reserveCapacity(lines.count)
    for line in lines { typed.append(try line.parsed()) }
    return TargetTable<Typed>(valid: typed)
  }

  @inlinable
  init(valid lines: [TargetLine<Content>]) { self.lines = lines }
}

/// The rules for the ranges of a table's lines, one after another.
@usableFromInline
struct TableRanges {
  /// The number of lines.
  private var count = 0
  /// Where the next line has to begin.
  private var end: UInt64 = 0

  @usableFromInline
  init() {}

  @usableFromInline
  mutating func append(_ start: Sectors, _ length: Sectors) throws(TableError) {
    // The kernel's bound on the end of a table, in sectors.
    let limit: UInt64 = (1 << 63) / 512
    guard start.rawValue == end else {
      let expected = Sectors(rawValue: end)
      if start > expected { throw .gap(line: count, start: start, expected: expected) }
      throw .overlap(line: count, start: start, expected: expected)
    }
    if length.rawValue == 0 { throw .zeroLength(line: count) }
    let (sum, overflow) = end.addingReportingOverflow(length.rawValue)
    if overflow || sum > limit { throw .tooLong(line: count) }
    count &+= 1
    end = sum
  }
}
