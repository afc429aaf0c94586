/// What becomes of the counters of an extent that has grown; the kernel can't resize a region.
public enum TailPolicy: Hashable, Sendable {
  /// Keep the region and add another for what has been added to the extent.
  ///
  /// An extent that has `limit` regions (at least 2) at an update that adds one is mapped anew from
  /// its middle region on, which loses the counters of the newer ones.
  case keepCounters(limit: Int)
  /// Replace the region, and start again from zero: what `dmstats update_filemap` does.
  case recreate

  /// Keep counters; an extent has 64 regions at most.
  public static let standard = TailPolicy.keepCounters(limit: 64)
}
