import DeviceMapperTargets

/// What has to be done so that a group's regions are the pieces of a file, and no more.
struct RegionPlan: Hashable {
  /// The members that no longer lie inside of the file, in rising order of their numbers; the others
  /// stay.
  var stale: [RegionId] = []
  /// What needs new regions, in the order of the file.
  var missing: [SectorRange] = []

  /// Whether there is nothing to do.
  var isEmpty: Bool { stale.isEmpty && missing.isEmpty }

  /// Compares members with pieces; both are walked once, in the order of the device.
  init(members: [Region], pieces: FilePieces, tail: TailPolicy) {
    var members = members.map { Member(id: $0.id, range: $0.range) }
    // In order they are, nearly always.
    let isInOrder = zip(members, members.dropFirst()).allSatisfy { $0.range.start < $1.range.start }
    if !isInOrder { members.sort(by: Member.isInFront) }
    var (others, new) = Self.matchExactly(members, pieces.wanted)
    switch tail {
    case .recreate: stale = others.map(\.id)
    case .keepCounters(let limit):
      removeUnusable(&others, AllowedRanges(wanted: new, reserved: pieces.reserved))
      new = cover(&others, new, limit: max(2, limit))
    }
    stale.sort()
    missing = new.sorted { ($0.order, $0.range.start) < ($1.order, $1.range.start) }.map(\.range)
  }

  /// Leaves out the members that are what is wanted: nearly always, nearly all.
  ///
  /// - Returns: The other members, and what else is wanted.
  private static func matchExactly(
    _ members: [Member], _ wanted: [FilePieces.Piece]
  ) -> ([Member], [FilePieces.Piece]) {
    var others: [Member] = []
    var missing: [FilePieces.Piece] = []
    var next = 0
    for member in members {
      while next < wanted.count, wanted[next].range.start < member.range.start {
        missing.append(wanted[next])
        next += 1
      }
      if next < wanted.count, wanted[next].range == member.range {
        next += 1
      } else {
        others.append(member)
      }
    }
    missing += wanted[next...]
    return (others, missing)
  }

  /// Finds what none of the members has, which are usable ones.
  private mutating func cover(
    _ inside: inout [Member], _ wanted: [FilePieces.Piece], limit: Int
  ) -> [FilePieces.Piece] {
    var new: [FilePieces.Piece] = []
    var first = 0
    for piece in wanted {
      // A region may reach into the next piece, so it is looked at again there.
      while first < inside.count, inside[first].range.end <= piece.range.start { first += 1 }
      var next = first
      while next < inside.count, inside[next].range.start < piece.range.end { next += 1 }
      let gaps = piece.range.gaps(between: inside[first..<next].lazy.map(\.range))
      if gaps.isEmpty || next - first + gaps.count <= limit {
        new += gaps.map { FilePieces.Piece(range: $0, order: piece.order) }
        continue
      }
      // Too many: the first half stays, what follows becomes one region.
      let middle = first + limit / 2
      let others = inside[middle..<next].filter { !piece.range.contains($0.range) }
      stale += inside[middle..<next].lazy.filter { piece.range.contains($0.range) }.map(\.id)
      inside.replaceSubrange(middle..<next, with: others)
      let left = inside[first..<middle + others.count].lazy.map(\.range)
      new += piece.range.gaps(between: left).map {
        FilePieces.Piece(range: $0, order: piece.order)
      }
    }
    return new
  }

  /// Leaves the members that lie inside of the file, its reserve included, without overlaps; the
  /// others become stale.
  private mutating func removeUnusable(_ members: inout [Member], _ allowed: AllowedRanges) {
    var allowed = allowed
    var count = 0
    var end: Sectors = 0
    for index in members.indices {
      let member = members[index]
      if allowed.contain(member.range), member.range.start >= end {
        if count < index { members[count] = member }
        count += 1
        end = member.range.end
      } else {
        stale.append(member.id)
      }
    }
    members.removeLast(members.count - count)
  }
}

/// What of a region counts for a plan.
private struct Member {
  var id: RegionId
  var range: SectorRange

  /// In front are those that begin first, of these the longer ones, then the older ones.
  static func isInFront(_ left: Member, _ right: Member) -> Bool {
    (left.range.start, right.range.length, left.id)
      < (right.range.start, left.range.length, right.id)
  }
}

/// What of a file has no region yet, and the reserve behind its end, as ranges with gaps between which
/// are walked once, in the order of the device.
private struct AllowedRanges {
  private let wanted: [FilePieces.Piece]
  private let reserved: [SectorRange]
  private var piece = 0
  private var spare = 0
  /// The range at which the walk has arrived.
  private var start: Sectors = 0
  private var end: Sectors = 0

  init(wanted: [FilePieces.Piece], reserved: [SectorRange]) {
    self.wanted = wanted
    self.reserved = reserved
  }

  /// Whether a range lies inside of one of these; it begins no earlier than those asked for before.
  mutating func contain(_ range: SectorRange) -> Bool {
    while end <= range.start {
      guard let next = take(startingBy: .max) else { return false }
      start = next.start
      end = next.end
      while let more = take(startingBy: end) { end = max(end, more.end) }
    }
    return start <= range.start && range.end <= end
  }

  /// The next piece or part of the reserve, unless it starts behind `limit`.
  @inline(__always)
  private mutating func take(startingBy limit: Sectors) -> SectorRange? {
    let next = piece < wanted.count ? wanted[piece].range : nil
    if spare < reserved.count, reserved[spare].start < next?.start ?? .max {
      guard reserved[spare].start <= limit else { return nil }
      spare += 1
      return reserved[spare - 1]
    }
    guard let next, next.start <= limit else { return nil }
    piece += 1
    return next
  }
}
