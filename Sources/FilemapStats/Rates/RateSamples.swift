import DeviceMapper

/// What is counted in each of many intervals, one after the other.
///
///     for try await rates in statistics.rates(of: group, every: .seconds(1)) {
///       print(rates.requestsPerSecond, rates.counters.histogram?.percentile(0.99) ?? .zero)
///     }
///
/// Counters aren't cleared, so others who read them aren't disturbed. The group is looked up anew each
/// time, and is known by its regions if it gets another number: regions that a daemon adds are counted
/// from their beginning, what was counted since the last sample for one that is deleted is lost.
///
/// - The ends of the intervals are multiples of the interval from the first call on, whatever the
///   consumer does between; those that it has missed are made one. Each sample has its true length.
/// - The sequence ends when the group or the region has been deleted, or the task is cancelled.
/// - The kernel is asked on a thread of its own: a group of many regions takes a message for each.
public struct RateSamples: AsyncSequence, Sendable {
  /// What the sequence delivers.
  public typealias Element = Rates
  /// What ends it early.
  public typealias Failure = StatsError

  fileprivate enum Subject: Sendable {
    case group(GroupId)
    case region(RegionId)
  }

  fileprivate let statistics: Statistics
  fileprivate let subject: Subject
  fileprivate let interval: Duration

  /// An iterator, whose first interval begins when it is asked for the first sample.
  public func makeAsyncIterator() -> Iterator { Iterator(samples: self) }

  /// The way through the sequence.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let samples: RateSamples
    private var last: Sample?
    private var ticks: Ticks?

    fileprivate init(samples: RateSamples) { self.samples = samples }

    /// The next sample, at the end of its interval.
    public mutating func next() async throws(StatsError) -> Rates? {
      try await next(isolation: nil)
    }

    /// The next sample, at the end of its interval.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(StatsError) -> Rates? {
      let samples = samples
      func sample() async throws(StatsError) -> Sample? {
        try await onOwnThread { [last] () throws(StatsError) in try samples.sample(after: last) }
      }
      let before: Sample
      if let last {
        before = last
      } else {
        guard let first = try await sample() else { return nil }
        ticks = Ticks(start: first.time, interval: samples.interval)
        before = first
      }
      if let tick = ticks?.next(after: .now) {
        do { try await ContinuousClock().sleep(until: tick) } catch { return nil }
      }
      guard let now = try await sample() else { return nil }
      last = now
      return now.rates(since: before)
    }
  }
}

extension Statistics {
  /// The rates of a group, one sample for each interval.
  ///
  /// - Parameters:
  ///   - group: The group.
  ///   - interval: The length of an interval, a millisecond at least.
  public func rates(of group: GroupId, every interval: Duration) -> RateSamples {
    RateSamples(
      statistics: self, subject: .group(group), interval: max(interval, .milliseconds(1)))
  }

  /// The rates of a region, all of its areas together, one sample for each interval.
  ///
  /// - Parameters:
  ///   - region: The region.
  ///   - interval: The length of an interval, a millisecond at least.
  public func rates(of region: RegionId, every interval: Duration) -> RateSamples {
    RateSamples(
      statistics: self, subject: .region(region), interval: max(interval, .milliseconds(1)))
  }
}

extension RateSamples {
  /// What has been counted up to now; `nil` if there is nothing any more that counts.
  fileprivate func sample(after last: Sample?) throws(StatsError) -> Sample? {
    let regions = try statistics.regions()
    let members: [Region]
    var group: GroupId?
    switch subject {
    case .region(let id): members = regions.filter { $0.id == id }
    case .group(let id):
      let groups = Group.groups(in: regions)
      let found =
        groups.first { $0.members.contains { last?.counters[$0.id]?.range == $0.range } }
        ?? groups.first { $0.id == last?.group ?? id }
      members = found?.members ?? []
      group = found?.id
    }
    if members.isEmpty { return nil }
    var sample = Sample(time: .now, group: group)
    for region in members {
      do {
        let areas = try statistics.counters(region)
        sample.counters[region.id] = (region.range, Counters.sum(areas.lazy.map(\.counters)))
      } catch  where error.code == .noRegion {
        // Deleted since the list was made.
      }
    }
    return sample
  }
}

/// The counters of all regions at a time.
private struct Sample: Sendable {
  var time: ContinuousClock.Instant
  /// The group's number at that time.
  var group: GroupId?
  var counters: [RegionId: (range: SectorRange, counters: Counters)] = [:]

  func rates(since earlier: Sample) -> Rates {
    var parts: [Counters] = []
    for (id, now) in counters {
      let before = earlier.counters[id]
      // Another region may have got the number; its counters, or cleared ones, are all new.
      let isSame = before?.range == now.range
      parts.append(
        (isSame ? before.flatMap { now.counters.since($0.counters) } : nil) ?? now.counters)
    }
    return Rates(Counters.sum(parts), over: time - earlier.time)
  }
}

/// Times that are multiples of an interval after a start.
struct Ticks: Sendable {
  var start: ContinuousClock.Instant
  var interval: Duration

  /// The first of the times that lies behind `now`.
  func next(after now: ContinuousClock.Instant) -> ContinuousClock.Instant {
    let passed = (now - start).attoseconds / interval.attoseconds
    return start + interval * Int(clamping: passed + 1)
  }
}
