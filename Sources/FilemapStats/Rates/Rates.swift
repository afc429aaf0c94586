import DeviceMapperTargets

/// What counters mean for the time in which they were counted.
///
/// Everything is computed from the sums, so rates of several areas are right together; only
/// ``utilization`` isn't known for several, see there.
public struct Rates: Hashable, Sendable {
  /// What was counted.
  public let counters: Counters
  /// The time in which it was.
  public let interval: Duration

  /// Creates rates of what was counted during `interval`: the difference of two samples, or one that
  /// cleared the counters.
  public init(_ counters: Counters, over interval: Duration) {
    self.counters = counters
    self.interval = interval
  }

  private func perSecond(_ count: UInt64) -> Double {
    interval > .zero ? Double(count) / (interval / .seconds(1)) : 0
  }

  private func average(_ time: Duration, of count: UInt64) -> Duration? {
    count == 0
      ? nil : .nanoseconds(Int64(clamping: time.attoseconds / 1_000_000_000 / Int128(count)))
  }

  private func share(_ time: Duration) -> Double {
    interval > .zero ? min(1, max(0, time / interval)) : 0
  }
}

extension Rates {
  /// Requests completed, a second.
  public var requestsPerSecond: Double { perSecond(counters.requests) }
  /// Reads completed, a second.
  public var readsPerSecond: Double { perSecond(counters.reads) }
  /// Writes completed, a second.
  public var writesPerSecond: Double { perSecond(counters.writes) }
  /// Reads merged with another, a second.
  public var readsMergedPerSecond: Double { perSecond(counters.readsMerged) }
  /// Writes merged with another, a second.
  public var writesMergedPerSecond: Double { perSecond(counters.writesMerged) }

  /// Bytes read, a second.
  public var bytesReadPerSecond: Double { perSecond(counters.sectorsRead.rawValue) * 512 }
  /// Bytes written, a second.
  public var bytesWrittenPerSecond: Double { perSecond(counters.sectorsWritten.rawValue) * 512 }

  /// The average size of a request in sectors, or `nil` if there was none.
  public var averageRequestSectors: Double? {
    let sectors = Double(counters.sectorsRead.rawValue) + Double(counters.sectorsWritten.rawValue)
    return counters.requests == 0 ? nil : sectors / Double(counters.requests)
  }

  /// The average number of requests under way.
  public var averageQueueSize: Double {
    interval > .zero ? counters.weightedTimeBusy / interval : 0
  }

  /// The average time that a request took, or `nil` if there was none.
  public var averageWait: Duration? {
    average(counters.timeReading + counters.timeWriting, of: counters.requests)
  }
  /// The average time that a read took, or `nil` if there was none.
  public var averageReadWait: Duration? { average(counters.timeReading, of: counters.reads) }
  /// The average time that a write took, or `nil` if there was none.
  public var averageWriteWait: Duration? { average(counters.timeWriting, of: counters.writes) }

  /// The part of the time during which requests were under way, from 0 to 1.
  ///
  /// Of several areas it is the sum of the areas' parts, but no more than 1: the kernel doesn't say
  /// how far their times overlap.
  public var utilization: Double { share(counters.timeBusy) }

  /// The time busy for each completed request, or `nil` if there was none.
  public var serviceTime: Duration? {
    average(min(counters.timeBusy, interval), of: counters.requests)
  }
}
