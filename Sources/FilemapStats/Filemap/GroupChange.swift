import DeviceMapperTargets

/// Carries out a plan for a group, in an order in which no interruption loses more than it must.
///
/// New regions first, then the tag that names them, then away with the stale ones: whenever it ends,
/// the group has all that is known to be the file's. The number of a deleted region may be given to
/// somebody else at once, so a tag never names one longer than it takes to write the next tag.
struct GroupChange {
  private let statistics: Statistics
  private let old: Group
  private let plan: RegionPlan
  /// The members that stay.
  let kept: RegionIds
  private let template: NewRegion
  /// The members that there were.
  private let oldMembers: RegionIds
  /// Whether a number below the group's is free, which the next region will get.
  private let hasLowerGap: Bool

  private(set) var created: [FilemapUpdate.CreatedRegion] = []
  /// How many of these the tag names.
  private var namedCount = 0
  /// The group afterwards; `nil` if there are no regions.
  private(set) var group: GroupId?

  init(_ statistics: Statistics, _ old: Group, _ regions: [Region], _ plan: RegionPlan) {
    self.statistics = statistics
    self.old = old
    self.plan = plan
    oldMembers = old.isComplete ? old.tag.members : RegionIds(old.members.map(\.id))
    kept = oldMembers.subtracting(RegionIds(plan.stale))
    let leader = old.leader
    template = NewRegion(
      precise: leader.isPrecise, bounds: leader.bounds, program: leader.program)
    let below = regions.prefix { $0.id < leader.id }.count
    hasLowerGap = below < Int(leader.id.rawValue)
    group = old.id
  }

  mutating func carryOut() throws(StatsError) {
    // A tag that names regions which are gone would take up whoever gets their numbers.
    if plan.isEmpty, old.isComplete { return }
    var stale = plan.stale
    do throws(StatsError) {
      if stale.first == old.leader.id, !hasLowerGap, let first = plan.missing.first {
        // The first new region shall get the leader's number, so that the group keeps its own.
        try statistics.deleteIfPresent(stale.removeFirst())
        try create(CollectionOfOne(first), besides: old.leader.id)
        try writeTag()
        try create(plan.missing.dropFirst(), besides: old.leader.id)
      } else {
        try create(plan.missing)
      }
      try writeTag()
    } catch  where error.code == .groupChanged || error.code == .noRegion {
      // Nobody would ever delete what nobody knows of.
      try? statistics.delete(created.dropFirst(namedCount).map(\.id), of: old)
      throw StatsError(.groupChanged, device: statistics.device, group: old.id)
    } catch {
      // What there is belongs to the file: the next attempt goes on from it.
      try? writeTag()
      throw error
    }
    try statistics.delete(stale, of: old)
  }

  /// Creates regions, none of which can get the number of a member unless that was deleted.
  ///
  /// - Parameter deleted: The member that was deleted here.
  private mutating func create(
    _ ranges: some Sequence<SectorRange>, besides deleted: RegionId? = nil
  ) throws(StatsError) {
    let first = created.count
    try statistics.create(ranges, like: template, into: &created)
    for region in created[first...] where region.id != deleted && oldMembers.contains(region.id) {
      throw StatsError(.groupChanged, device: statistics.device, region: region.id, group: old.id)
    }
  }

  /// Names the members that are there, in the lowest one's auxiliary data.
  private mutating func writeTag() throws(StatsError) {
    let members = kept.union(RegionIds(created.map(\.id)))
    guard let leader = members.lowest else {
      group = nil
      return
    }
    let tag = GroupTag(alias: old.tag.alias, members: members, spelling: old.tag.spelling)
    let isSame = leader == old.leader.id && kept.contains(leader)
    if isSame, tag == old.tag { return }
    // User data stays with its region.
    let userData =
      old.members.first { $0.id == leader && kept.contains(leader) }?.auxiliary.userData
    try statistics.writeAuxiliary(
      leader, AuxiliaryData(tag: tag, userData: userData ?? TargetText()))
    namedCount = created.count
    if leader != old.leader.id, kept.contains(old.leader.id) {
      try statistics.writeAuxiliary(
        old.leader.id, AuxiliaryData(userData: old.leader.auxiliary.userData))
    }
    group = GroupId(leader: leader)
  }
}

extension Statistics {
  /// Creates a region for each range, and takes note of each that exists.
  func create(
    _ ranges: some Sequence<SectorRange>, like template: NewRegion,
    into created: inout [FilemapUpdate.CreatedRegion]
  ) throws(StatsError) {
    var region = template
    for range in ranges {
      region.range = range
      created.append(FilemapUpdate.CreatedRegion(id: try create(region), range: range))
    }
  }
}
