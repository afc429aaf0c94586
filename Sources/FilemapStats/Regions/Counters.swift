public import DeviceMapperTargets

/// What was counted for an area, or for several together.
///
/// Message: a row of `@stats_print`. Kernels 5.10 and 6.1 count merged requests wrongly.
public struct Counters: Hashable, Sendable {
  /// The number of reads that were completed.
  public var reads: UInt64 = 0
  /// The number of reads that were merged with another.
  public var readsMerged: UInt64 = 0
  /// How much was read.
  public var sectorsRead: Sectors = 0
  /// The sum of the times that reads took.
  public var timeReading: Duration = .zero
  /// The number of writes that were completed.
  public var writes: UInt64 = 0
  /// The number of writes that were merged with another.
  public var writesMerged: UInt64 = 0
  /// How much was written.
  public var sectorsWritten: Sectors = 0
  /// The sum of the times that writes took.
  public var timeWriting: Duration = .zero
  /// The number of requests that are under way: a level, which clearing doesn't change.
  public var inFlight: UInt64 = 0
  /// The time during which requests were under way; of several areas, the sum.
  public var timeBusy: Duration = .zero
  /// The same, times the number of requests under way.
  public var weightedTimeBusy: Duration = .zero
  /// The time during which reads were under way; of several areas, the sum.
  public var timeBusyReading: Duration = .zero
  /// The time during which writes were under way; of several areas, the sum.
  public var timeBusyWriting: Duration = .zero
  /// How many requests took how long, if the region has a histogram; of several areas, where all
  /// have the same bounds.
  public var histogram: Histogram?

  /// Creates counters that are all zero.
  public init() {}
}

extension Counters {
  /// The number of requests that were completed.
  public var requests: UInt64 { reads &+ writes }

  /// Adds the counters of another area.
  public mutating func add(_ other: Counters) {
    reads &+= other.reads
    readsMerged &+= other.readsMerged
    sectorsRead = sectorsRead.addingWithSaturation(other.sectorsRead)
    timeReading += other.timeReading
    writes &+= other.writes
    writesMerged &+= other.writesMerged
    sectorsWritten = sectorsWritten.addingWithSaturation(other.sectorsWritten)
    timeWriting += other.timeWriting
    inFlight &+= other.inFlight
    timeBusy += other.timeBusy
    weightedTimeBusy += other.weightedTimeBusy
    timeBusyReading += other.timeBusyReading
    timeBusyWriting += other.timeBusyWriting
    if let mine = histogram {
      var sum = mine
      histogram = other.histogram.flatMap { sum.add($0) ? sum : nil }
    }
  }

  /// The counters of all areas together: zeroes where there are none.
  public static func sum(_ counters: some Sequence<Counters>) -> Counters {
    var iterator = counters.makeIterator()
    guard var sum = iterator.next() else { return Counters() }
    while let next = iterator.next() { sum.add(next) }
    return sum
  }

  /// What was counted since `earlier`, or `nil` if that counted more: the counters were cleared
  /// between, or are another region's.
  public func since(_ earlier: Counters) -> Counters? {
    guard reads >= earlier.reads, readsMerged >= earlier.readsMerged,
      sectorsRead >= earlier.sectorsRead, timeReading >= earlier.timeReading,
      writes >= earlier.writes, writesMerged >= earlier.writesMerged,
      sectorsWritten >= earlier.sectorsWritten, timeWriting >= earlier.timeWriting,
      timeBusy >= earlier.timeBusy, weightedTimeBusy >= earlier.weightedTimeBusy,
      timeBusyReading >= earlier.timeBusyReading, timeBusyWriting >= earlier.timeBusyWriting
    else { return nil }
    var result = self
    result.reads -= earlier.reads
    result.readsMerged -= earlier.readsMerged
    result.sectorsRead -= earlier.sectorsRead
    result.timeReading -= earlier.timeReading
    result.writes -= earlier.writes
    result.writesMerged -= earlier.writesMerged
    result.sectorsWritten -= earlier.sectorsWritten
    result.timeWriting -= earlier.timeWriting
    result.timeBusy -= earlier.timeBusy
    result.weightedTimeBusy -= earlier.weightedTimeBusy
    result.timeBusyReading -= earlier.timeBusyReading
    result.timeBusyWriting -= earlier.timeBusyWriting
    if let histogram {
      guard let before = earlier.histogram, let delta = histogram.since(before) else { return nil }
      result.histogram = delta
    }
    return result
  }
}
