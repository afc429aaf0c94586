/// How a monitor works.
public struct FilemapSettings: Hashable, Sendable {
  /// What to do about a file in many pieces.
  public var limit: RegionLimit
  /// What becomes of the counters of an extent that has grown.
  public var tail: TailPolicy
  /// The least time from one comparison of the extents to the next.
  public var interval: Duration
  /// How long there may be no file at the path, or no extents in the file.
  public var tolerance: Duration

  /// Creates settings; by default the extents are compared twice a second at most.
  public init(
    limit: RegionLimit = .none, tail: TailPolicy = .standard,
    interval: Duration = .milliseconds(500), tolerance: Duration = .seconds(1)
  ) {
    self.limit = limit
    self.tail = tail
    self.interval = max(interval, .milliseconds(10))
    self.tolerance = tolerance
  }
}
