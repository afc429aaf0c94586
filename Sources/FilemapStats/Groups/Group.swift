public import DeviceMapperTargets

/// Regions that are looked at together, such as those of a file's extents.
///
/// A convention of libdevmapper: the member with the lowest number, the leader, describes the group
/// in its auxiliary data; the kernel knows no groups.
public struct Group: Hashable, Sendable {
  /// The number of the group, which is its leader's.
  public let id: GroupId
  /// What the leader's auxiliary data says, the alias included.
  public let tag: GroupTag
  /// The regions of the group in rising order of their numbers, the leader first.
  ///
  /// Regions that the tag names and that don't exist, or belong to another program, are left out:
  /// their numbers may have been given to somebody else.
  public let members: [Region]

  /// The member that describes the group.
  public var leader: Region { members[0] }

  /// Whether all regions are there that the tag names.
  var isComplete: Bool { tag.members.count == members.count }

  /// The name of the group.
  public var alias: GroupAlias? { tag.alias }

  /// The sum of the members' lengths.
  public var length: Sectors {
    members.reduce(0) { $0.addingWithSaturation($1.range.length) }
  }
}

extension Group {
  /// The groups among regions, which are listed in rising order of their numbers.
  ///
  /// A region that two tags name is a member of the group with the lower number.
  public static func groups(in regions: [Region]) -> [Group] {
    var regions = regions
    // The kernel's order; but data of several lines may look like further rows.
    if regions.indices.dropFirst().contains(where: { regions[$0].id <= regions[$0 - 1].id }) {
      var ids: Set<RegionId> = []
      regions = regions.filter { ids.insert($0.id).inserted }.sorted { $0.id < $1.id }
    }
    if let leader = regions.first, leader.leadsGroup, let tag = leader.auxiliary.tag,
      regions.areMembers(of: tag)
    {
      // The only group of the device has the whole list for its members, uncopied.
      return [Group(id: GroupId(leader: leader.id), tag: tag, members: regions)]
    }
    var isMember = [Bool](repeating: false, count: regions.count)
    var groups: [Group] = []
    // By index: a region that is only looked at isn't copied.
    for index in regions.indices where regions[index].leadsGroup && !isMember[index] {
      let leader = regions[index]
      guard let tag = leader.auxiliary.tag else { continue }
      var members: [Region] = []
      members.reserveCapacity(min(tag.members.count, regions.count))
      for range in tag.members.ranges {
        var position = regions.partition(from: index) { $0.id < range.lowerBound }
        while position < regions.count, regions[position].id <= range.upperBound {
          if !isMember[position], regions[position].program == leader.program {
            isMember[position] = true
            members.append(regions[position])
          }
          position += 1
        }
      }
      groups.append(Group(id: GroupId(leader: leader.id), tag: tag, members: members))
    }
    return groups
  }
}

extension [Region] {
  /// Whether the regions, in rising order of their numbers, are those that a tag names, and of one
  /// program.
  fileprivate func areMembers(of tag: GroupTag) -> Bool {
    guard tag.members.count == count else { return false }
    var position = 0
    for range in tag.members.ranges {
      // As many as there are numbers between the first and the last one are all of them.
      let last = position + Int(range.upperBound.rawValue - range.lowerBound.rawValue)
      guard self[position].id == range.lowerBound, self[last].id == range.upperBound else {
        return false
      }
      position = last + 1
    }
    return indices.dropFirst().allSatisfy { self[$0].hasProgram(of: self[$0 - 1]) }
  }

  /// The first position at or behind `start` for which `isBefore` is false; it is true up to there.
  fileprivate func partition(from start: Int, _ isBefore: (Region) -> Bool) -> Int {
    var (low, high) = (start, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
