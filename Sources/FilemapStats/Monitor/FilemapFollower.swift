package import DeviceMapper
import DeviceMapperTargets
import Glibc
package import SystemPackage

/// Follows a file and keeps a group's regions on it, one step at a time.
///
/// Whoever runs it does the waiting, and so may be a task or a process without any runtime. The
/// kernel announces most changes of a file; what it doesn't announce (writes through memory, an
/// online defragmentation, the end of the group) is noticed by looking now and then at a few bytes.
package struct FilemapFollower: ~Copyable {
  /// What to do next.
  package enum Step: Sendable {
    /// Wait this long, or until ``watchDescriptor`` is readable if that matters now.
    case wait(Duration, listening: Bool)
    /// It is over.
    case ended(FilemapEnd)
  }

  /// How often the group, and what isn't announced, is looked at.
  private static let tick = Duration.milliseconds(800)
  /// How often a missing path is looked at.
  private static let pathInterval = Duration.milliseconds(100)
  /// How often the extents are compared without a sign of change: an online defragmentation gives
  /// none.
  private static let blindInterval = Duration.seconds(10)

  private let statistics: Statistics
  private var filemap: Filemap
  private let mode: FilemapMode
  private let path: FilePath
  private let settings: FilemapSettings

  private var file: OpenFile
  private var watch: FileWatch
  private var isWatching = false

  private var program = ProgramId.none
  /// The regions as they were left.
  private var members = RegionIds()
  /// How many regions a group had that lacks some.
  private var incomplete: Int?
  /// The extents that the regions are for; `nil` if it isn't known whether they are.
  private var mapped: FileExtents?
  /// The file's state when its extents were read.
  private var seen: FileStatus?

  private var hasStarted = false
  private var isDue = true
  /// When the extents may be compared again.
  private var nextLook: ContinuousClock.Instant
  private var nextTick: ContinuousClock.Instant
  /// When the group's members are compared again.
  private var nextList: ContinuousClock.Instant
  private var nextBlindLook: ContinuousClock.Instant
  private var missingSince: ContinuousClock.Instant?
  private var emptySince: ContinuousClock.Instant?
  private var isUnlinked = false

  /// Creates a follower with a descriptor of its own for the file.
  package init(
    _ dm: DM, file: FileDescriptor, path: FilePath, group: GroupId, mode: FilemapMode,
    settings: FilemapSettings
  ) throws(StatsError) {
    let own = try OpenFile(reopening: file)
    filemap = try Filemap(dm, file: own.descriptor, group: group)
    statistics = filemap.statistics
    self.file = own
    self.path = path
    self.mode = mode
    self.settings = settings
    nextLook = .now
    nextTick = .now
    nextList = .now
    nextBlindLook = .now + Self.blindInterval
    watch = FileWatch()
  }

  /// Becomes readable when the file changes; `nil` if changes aren't announced.
  package var watchDescriptor: FileDescriptor? {
    isWatching ? watch.descriptor : nil
  }

  /// The group that is followed.
  package var group: GroupId { filemap.group }

  /// Does what is due.
  ///
  /// - Parameter report: Gets what was done or noticed.
  package mutating func step(
    _ report: (FilemapEvent) -> Void
  ) throws(StatsError) -> Step {
    if !hasStarted {
      if let end = try start(report) { return finish(end, report) }
    }
    let hasEvents = watch.drain()
    let now = ContinuousClock.now
    if hasEvents || now >= nextTick {
      if now >= nextTick {
        nextTick = now + Self.tick
        if try !isGroupThere(now) { return finish(.groupRemoved, report) }
      }
      if let end = try followName(now, report) { return finish(end, report) }
      try noticeChanges(now)
      report(
        .looked(FilemapEvent.Look(isGone: isUnlinked || missingSince != nil, mayHaveChanged: isDue))
      )
    }
    if isDue, missingSince == nil, now >= nextLook {
      if let end = try update(now, report) { return finish(end, report) }
    }
    return wait()
  }
}

extension FilemapFollower {
  private mutating func start(
    _ report: (FilemapEvent) -> Void
  ) throws(StatsError) -> FilemapEnd? {
    hasStarted = true
    guard let found = try statistics.groups().first(where: { $0.id == filemap.group }) else {
      return .groupRemoved
    }
    program = found.leader.program
    report(.found(found.id, alias: found.alias))
    watchFile(report)
    return nil
  }

  private mutating func watchFile(_ report: (FilemapEvent) -> Void) {
    isWatching = false
    do throws(Errno) {
      try watch.watch(file.descriptor)
      isWatching = true
    } catch {
      report(.notWatched(error))
    }
  }

  private func finish(_ end: FilemapEnd, _ report: (FilemapEvent) -> Void) -> Step {
    report(.ended(end))
    return .ended(end)
  }

  private func wait() -> Step {
    var next = nextTick
    if isDue, missingSince == nil { next = min(next, nextLook) }
    // While a comparison is due, further announcements say nothing new.
    return .wait(max(.zero, next - .now), listening: !isDue && isWatching)
  }
}

// The group.
extension FilemapFollower {
  /// Whether the group is still there; the regions count as unknown if somebody else changed it.
  ///
  /// A deleted group is noticed at every tick, a dissolved or changed one when the members are
  /// listed, which for very many of them costs too much to be done each time.
  private mutating func isGroupThere(
    _ now: ContinuousClock.Instant
  ) throws(StatsError) -> Bool {
    guard now >= nextList else { return try statistics.exists(filemap.group.leader) }
    let start = processorTime()
    let regions = try statistics.regions(of: program)
    let leader = regions.first { $0.id == filemap.group.leader }
    nextList = now + Share.hundredth.pause(after: processorTime() - start)
    guard let leader, leader.leadsGroup else { return false }
    if mapped != nil, leader.auxiliary.tag?.members != members {
      mapped = nil
      isDue = true
    }
    return true
  }
}

// The name.
extension FilemapFollower {
  /// Finds out whether it is still this file that is followed.
  private mutating func followName(
    _ now: ContinuousClock.Instant, _ report: (FilemapEvent) -> Void
  ) throws(StatsError) -> FilemapEnd? {
    let status = try FileStatus(of: file.descriptor)
    switch mode {
    case .inode:
      guard status.linkCount == 0 else {
        isUnlinked = false
        return nil
      }
      guard FileHolders.exist(besides: file.descriptor, status) else { return .unlinked }
      if !isUnlinked { report(.unlinkedAndOpen) }
      isUnlinked = true
      return nil
    case .path:
      return try followPath(status, now, report)
    }
  }

  private mutating func followPath(
    _ status: FileStatus, _ now: ContinuousClock.Instant, _ report: (FilemapEvent) -> Void
  ) throws(StatsError) -> FilemapEnd? {
    guard let there = FileStatus(at: path) else {
      guard let since = missingSince else {
        missingSince = now
        nextTick = now + Self.pathInterval
        report(.waitingForPath)
        return nil
      }
      nextTick = now + Self.pathInterval
      return now - since >= settings.tolerance ? .pathMissing : nil
    }
    missingSince = nil
    if there.isSameFile(as: status) { return nil }
    let new: OpenFile
    do { new = try OpenFile(at: path) } catch  where error.errno == .noSuchFileOrDirectory {
      // It has just gone again; the next look is for it.
      nextTick = now
      return nil
    }
    // What is at the path may be another file again.
    let opened = try FileStatus(of: new.descriptor)
    guard opened.isRegularFile else { throw StatsError(.notRegularFile, context: .path(path)) }
    guard opened.device == status.device else {
      throw StatsError(.notDeviceMapper, device: .device(opened.device), context: .path(path))
    }
    file = new
    mapped = nil
    seen = nil
    isDue = true
    report(.replaced)
    watchFile(report)
    return nil
  }
}

// The extents.
extension FilemapFollower {
  private mutating func noticeChanges(_ now: ContinuousClock.Instant) throws(StatsError) {
    if try FileStatus(of: file.descriptor) != seen { isDue = true }
    if now >= nextBlindLook { isDue = true }
  }

  private mutating func update(
    _ now: ContinuousClock.Instant, _ report: (FilemapEvent) -> Void
  ) throws(StatsError) -> FilemapEnd? {
    let status = try FileStatus(of: file.descriptor)
    let start = processorTime()
    var map =
      mapped
      ?? FileExtents(
        device: status.device, extents: [], end: 0, hasUnplacedData: false)
    try map.read(file.descriptor, flushing: false)
    // Only what has no place needs to be written to get one.
    if map.hasUnplacedData { try map.read(file.descriptor, flushing: true) }
    // A file in very many pieces, or on a slow disk, is looked at less often.
    let cost = processorTime() - start
    let flushing = Share.half.pause(after: .now - now)
    nextLook = now + max(settings.interval, flushing, Share.twentieth.pause(after: cost))
    nextBlindLook = now + max(Self.blindInterval, Share.thousandth.pause(after: cost))
    // A change within the clock's grain of this look wouldn't show in the times.
    seen = status.isFresh ? nil : status
    isDue = map.hasUnplacedData || status.isFresh

    if map.extents.isEmpty {
      // A file that is being written anew is empty for a moment.
      let since = emptySince ?? now
      emptySince = since
      isDue = true
      if now - since < settings.tolerance { return nil }
    } else {
      emptySince = nil
    }
    if map == mapped { return nil }
    let result: FilemapUpdate
    // A group is deleted region by region, its leader last. While it has fewer and fewer, nothing is
    // given back to it.
    var count: Int?
    defer { incomplete = count }
    do throws(StatsError) {
      let before = incomplete
      result = try filemap.update(to: map, limit: settings.limit, tail: settings.tail) {
        (group) throws(StatsError) in
        if group.isComplete || group.members.count == before { return }
        count = group.members.count
        throw StatsError(.groupChanged)
      }
    } catch  where error.code == .noGroup {
      return .groupRemoved
    } catch  where error.code == .groupChanged {
      mapped = nil
      isDue = true
      nextLook = max(nextLook, now + Self.tick)
      return nil
    }
    mapped = map
    members = result.kept.union(RegionIds(result.created.map(\.id)))
    report(.updated(result))
    return result.group == nil ? .noExtents : nil
  }
}
