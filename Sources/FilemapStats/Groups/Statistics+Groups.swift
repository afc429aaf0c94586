import DeviceMapper
import DeviceMapperTargets

extension Statistics {
  /// The groups in rising order of their numbers, of one program's regions or of all.
  public func groups(of program: ProgramId? = nil) throws(StatsError) -> [Group] {
    Group.groups(in: try regions(of: program))
  }

  /// A group.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/noGroup``.
  public func group(_ id: GroupId) throws(StatsError) -> Group {
    try group(id, in: regions())
  }

  /// A group of listed regions.
  func group(_ id: GroupId, in regions: [Region]) throws(StatsError) -> Group {
    for group in Group.groups(in: regions) where group.id == id { return group }
    throw StatsError(.noGroup, device: device, group: id)
  }

  /// Makes a group of regions, whose user data stays.
  ///
  /// - Parameters:
  ///   - members: The regions, of one program.
  ///   - alias: A name for the group.
  ///   - spelling: How the name is written; by default what the installed libdevmapper reads.
  /// - Throws: ``StatsError`` with ``StatsError/Code/noMembers``, ``StatsError/Code/noRegion`` (also for
  ///   one of another program than the first), ``StatsError/Code/alreadyGrouped``,
  ///   ``StatsError/Code/differentBounds`` or ``StatsError/Code/invalidAlias``.
  public func createGroup(
    _ members: RegionIds, alias: GroupAlias? = nil, spelling: GroupTag.Spelling = .installed
  ) throws(StatsError) -> GroupId {
    let regions = try regions()
    guard let lowest = members.lowest else { throw StatsError(.noMembers, device: device) }
    var found: [RegionId: Region] = [:]
    for region in regions where members.contains(region.id) { found[region.id] = region }
    guard let leader = found[lowest] else {
      throw StatsError(.noRegion, device: device, region: lowest)
    }
    for range in members.ranges {
      for number in range.lowerBound.rawValue...range.upperBound.rawValue {
        let id = RegionId(rawValue: number)
        guard let region = found[id], region.program == leader.program else {
          throw StatsError(.noRegion, device: device, region: id)
        }
        if let bounds = region.bounds, let others = leader.bounds, bounds != others {
          throw StatsError(.differentBounds, device: device, region: id)
        }
      }
    }
    for group in Group.groups(in: regions) {
      for member in group.members where found[member.id] != nil {
        throw StatsError(
          .alreadyGrouped, device: device, region: member.id, group: group.id)
      }
    }
    let tag = GroupTag(alias: alias, members: members, spelling: spelling)
    try check(AuxiliaryData(tag: tag), for: lowest)
    try writeAuxiliary(
      lowest, AuxiliaryData(tag: tag, userData: leader.auxiliary.userData))
    return GroupId(leader: lowest)
  }

  /// Gives a group a name, or takes it away.
  public func setAlias(_ id: GroupId, _ alias: GroupAlias?) throws(StatsError) {
    var data = try group(id).leader.auxiliary
    data.tag?.alias = alias
    try check(AuxiliaryData(tag: data.tag), for: id.leader)
    try writeAuxiliary(id.leader, data)
  }

  /// Dissolves a group; its regions stay.
  public func ungroup(_ id: GroupId) throws(StatsError) {
    var data = try group(id).leader.auxiliary
    data.tag = nil
    try writeAuxiliary(id.leader, data)
  }

  /// Deletes a group and its regions.
  ///
  /// The leader goes last, so that a deletion which was interrupted can be repeated, and the others
  /// in rising order, in which the kernel finds them soonest.
  public func deleteGroup(_ id: GroupId) throws(StatsError) {
    let regions = try regions()
    let group = try group(id, in: regions)
    let front = front(of: group)
    // What an interruption left, unless it goes with the members.
    for region in regions
    where region.isPrecise && region.auxiliary == front.auxiliary
      && region.program == front.program && !group.tag.members.contains(region.id)
    {
      try deleteIfPresent(region.id)
    }
    try delete(group.members.dropFirst().lazy.map(\.id), of: group)
    try deleteIfPresent(group.id.leader)
  }

  /// A region with precise timestamps to stand in front of those that are deleted.
  ///
  /// Its data says why it is there, should it be left behind, and it is no harm to the group's
  /// counters, should it have the number of a member.
  private func front(of group: Group) -> NewRegion {
    let leader = group.leader
    return NewRegion(
      SectorRange(start: 0, length: 1), precise: true, bounds: leader.bounds,
      program: leader.program,
      auxiliary: AuxiliaryData(userData: TargetText("deleting group \(group.id)")))
  }

  /// Deletes regions of a group, of which some may be gone already.
  ///
  /// With each deletion the kernel looks through the regions that are left, up to the first one with
  /// precise timestamps (Linux 6.1 and 7.2 do). Where many go, one with such is put in front of them, so
  /// that this takes no time.
  ///
  /// - Parameters:
  ///   - ids: The regions, in rising order.
  ///   - group: The group.
  func delete(_ ids: some Collection<RegionId>, of group: Group) throws(StatsError) {
    guard ids.count >= Self.many, let first = ids.first else {
      for id in ids { try deleteIfPresent(id) }
      return
    }
    // The one in front gets its number, or a lower one.
    try deleteIfPresent(first)
    let front = try? create(front(of: group))
    do throws(StatsError) {
      for id in ids.dropFirst() { try deleteIfPresent(id) }
    } catch {
      // The error that matters is the first one.
      if let front { try? delete(front) }
      throw error
    }
    if let front { try deleteIfPresent(front) }
  }

  /// How many regions take longer to look through than it takes to create and delete one.
  private static let many = 1000

  func deleteIfPresent(_ id: RegionId) throws(StatsError) {
    do { try delete(id) } catch  where error.code == .noRegion {}
  }

  /// The counters of all areas of a group together.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/noRegion`` if a member has been deleted.
  public func counters(_ group: Group) throws(StatsError) -> Counters {
    try sum("@stats_print", group)
  }

  /// The counters of all areas of a group together, which are zero afterwards.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/noRegion`` if a member has been deleted; those
  ///   before it are cleared.
  public func takeCounters(_ group: Group) throws(StatsError) -> Counters {
    try sum("@stats_print_clear", group)
  }

  private func sum(
    _ command: StaticString, _ group: Group
  ) throws(StatsError) -> Counters {
    var sum = Counters()
    var isFirst = true
    for region in group.members {
      try print(command, region) { area in
        // Not added to zeroes, which have no histogram.
        if isFirst { sum = area.counters } else { sum.add(area.counters) }
        isFirst = false
      }
    }
    return sum
  }
}
