public import DeviceMapper
import DeviceMapperTargets
public import SystemPackage

/// The group of regions that maps a file: one region for each piece of the device that holds a part
/// of it.
///
/// Regions don't move with the file: call ``update(_:limit:tail:)`` when it may have changed. What a
/// file's users do through memory is counted when it reaches the device; blocks that were allocated
/// since the last update aren't counted yet.
public struct Filemap: Sendable {
  /// The statistics of the device that holds the file's file system.
  public let statistics: Statistics
  /// The group.
  public private(set) var group: GroupId
  /// The file system of the file that was looked at last.
  private var fileSystem: FileSystem?

  /// Creates a handle for a group that maps a file, without asking the kernel.
  public init(_ statistics: Statistics, group: GroupId) {
    self.statistics = statistics
    self.group = group
  }

  /// Creates a handle for the group that maps a file, without looking for the group.
  ///
  /// - Throws: ``StatsError`` if the file can't be mapped; see ``create(_:file:options:)``.
  public init(_ dm: DM, file: FileDescriptor, group: GroupId) throws(StatsError) {
    let device = try FileExtents.checkedDevice(dm, of: file)
    self.init(Statistics(dm, .device(device)), group: group)
  }
}

extension Filemap {
  /// Maps a file: creates a region for each piece of it, and a group of the regions.
  ///
  /// If a step fails, the regions that it had created are deleted.
  ///
  /// - Parameters:
  ///   - dm: A context.
  ///   - file: A regular file open for reading, whose file system is on a device-mapper device.
  ///   - options: The group's name, and what is counted how.
  /// - Throws: ``StatsError`` with ``StatsError/Code/notRegularFile``,
  ///   ``StatsError/Code/notDeviceMapper``, ``StatsError/Code/noPhysicalExtents``,
  ///   ``StatsError/Code/notPlainData``, ``StatsError/Code/noExtents``,
  ///   ``StatsError/Code/tooManyRegions``, or what ``Statistics/createRegion(_:)`` throws.
  public static func create(
    _ dm: DM, file: FileDescriptor, options: FilemapOptions = FilemapOptions()
  ) throws(StatsError) -> Filemap {
    let map = try FileExtents(dm, of: file)
    let statistics = Statistics(dm, .device(map.device))
    let pieces = try FilePieces(mapping: map, limit: options.limit)
    guard !pieces.wanted.isEmpty else {
      throw StatsError(.noExtents, device: statistics.device)
    }
    try pieces.check(against: map)
    let template = NewRegion(
      precise: options.precise, bounds: options.bounds, program: options.program)
    try statistics.check(template)
    var tag = GroupTag(alias: options.alias, members: RegionIds(), spelling: options.spelling)
    try AuxiliaryData(tag: tag).check()

    var created: [FilemapUpdate.CreatedRegion] = []
    do throws(StatsError) {
      try statistics.create(pieces.inFileOrder, like: template, into: &created)
      tag.members = RegionIds(created.map(\.id))
      guard let leader = tag.members.lowest else {
        throw StatsError(.noExtents, device: statistics.device)
      }
      try statistics.setAuxiliary(leader, AuxiliaryData(tag: tag))
      var filemap = Filemap(statistics, group: GroupId(leader: leader))
      filemap.fileSystem = map.fileSystem
      return filemap
    } catch {
      // The error that matters is the first one.
      for region in created { try? statistics.delete(region.id) }
      throw error
    }
  }

  /// Makes the regions those of the file as it is now, and touches only what changed.
  ///
  /// - Parameters:
  ///   - file: The file, or another one of its file system that is to be mapped instead.
  ///   - limit: What to do about many pieces.
  ///   - tail: What becomes of the counters of an extent that has grown.
  /// - Throws: ``StatsError`` with ``StatsError/Code/noGroup`` if the group is gone,
  ///   ``StatsError/Code/groupChanged`` if somebody else deletes its regions at the same time,
  ///   ``StatsError/Code/notDeviceMapper`` also if the file is on another device than the group, or as
  ///   ``create(_:file:options:)`` does. A file that has become empty is no error: its regions are
  ///   deleted.
  @discardableResult
  public mutating func update(
    _ file: FileDescriptor, limit: RegionLimit = .none, tail: TailPolicy = .standard
  ) throws(StatsError) -> FilemapUpdate {
    guard case .device(let device) = statistics.device else {
      let map = try FileExtents(statistics.dm, of: file)
      return try update(to: map, limit: limit, tail: tail)
    }
    let map = try FileExtents(file, on: device, known: fileSystem)
    fileSystem = map.fileSystem
    do throws(StatsError) { return try update(to: map, limit: limit, tail: tail) } catch {
      // The kernel has none of its own devices under this number.
      guard case .device(let cause) = error.context, cause.errno == .noSuchAddressOrDevice else {
        throw error
      }
      throw StatsError(.notDeviceMapper, device: statistics.device)
    }
  }

  /// Makes the regions those of the extents.
  ///
  /// - Parameter check: Looks at the group before anything is done to it.
  mutating func update(
    to map: FileExtents, limit: RegionLimit, tail: TailPolicy,
    check: (Group) throws(StatsError) -> Void = { _ in }
  ) throws(StatsError) -> FilemapUpdate {
    let pieces = try FilePieces(mapping: map, limit: limit, tail: tail)
    // A row has some forty bytes; with a good guess one message lists all.
    let regions = try statistics.regions(replySize: 4096 + map.extents.count * 48)
    let found = try statistics.group(group, in: regions)
    try check(found)
    let plan = RegionPlan(members: found.members, pieces: pieces, tail: tail)
    if !plan.missing.isEmpty { try pieces.check(against: map) }
    var change = GroupChange(statistics, found, regions, plan)
    defer { if let group = change.group { self.group = group } }
    try change.carryOut()
    return FilemapUpdate(
      previousGroup: found.id, group: change.group, kept: change.kept,
      deleted: RegionIds(plan.stale), created: change.created, extentCount: map.extents.count)
  }

  /// Deletes the group and its regions.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/noGroup`` if the group is gone.
  public func delete() throws(StatsError) { try statistics.deleteGroup(group) }
}

extension FilePieces {
  /// The pieces of a file; those behind its end only if it has nothing else.
  init(
    mapping map: FileExtents, limit: RegionLimit, tail: TailPolicy = .standard
  ) throws(StatsError) {
    try self.init(map, limit: limit, includingReserve: tail == .recreate)
    if wanted.isEmpty, !reserved.isEmpty {
      try self.init(map, limit: limit, includingReserve: true)
    }
  }

  /// Makes sure that all pieces lie on the device; they don't where a file system has several.
  func check(against map: FileExtents) throws(StatsError) {
    // Without /sys there is nothing to compare with.
    if map.fileSystem?.hasOneDevice == true { return }
    guard let size = try? map.device.size() else { return }
    for piece in wanted where piece.range.end > size {
      throw StatsError(
        .noPhysicalExtents, device: .device(map.device), context: .extent("behind the device's end")
      )
    }
  }
}
