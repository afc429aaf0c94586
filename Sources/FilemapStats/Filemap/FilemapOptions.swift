/// How a file is mapped.
public struct FilemapOptions: Hashable, Sendable {
  /// The name of the group.
  public var alias: GroupAlias?
  /// Whether times are counted in nanoseconds instead of milliseconds.
  public var precise: Bool
  /// The bounds of a latency histogram.
  public var bounds: HistogramBounds?
  /// The program that the regions belong to; `dmstats` sees its own unless told otherwise.
  public var program: ProgramId
  /// How the alias is written; by default what the installed libdevmapper reads.
  public var spelling: GroupTag.Spelling
  /// What to do about a file in many pieces; none by default.
  public var limit: RegionLimit

  /// Creates options, each of which defaults to what `dmstats` does.
  public init(
    alias: GroupAlias? = nil, precise: Bool = false, bounds: HistogramBounds? = nil,
    program: ProgramId = .dmstats, spelling: GroupTag.Spelling = .installed,
    limit: RegionLimit = .none
  ) {
    self.alias = alias
    self.precise = precise
    self.bounds = bounds
    self.program = program
    self.spelling = spelling
    self.limit = limit
  }
}
