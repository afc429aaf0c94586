import DeviceMapperTargets

/// What has to be done so that a group's regions are the pieces of a file, and no more.
struct RegionPlan: Hashable {
  /// The members that stay, in the order of the device.
  var kept: [RegionId] = []
  /// The members that no longer lie inside of the file, in rising order of their numbers.
  var stale: [RegionId] = []
  /// What needs new regions, in the order of the file.
  var missing: [SectorRange] = []

  /// Whether there is nothing to do.
  var isEmpty: Bool { stale.isEmpty && missing.isEmpty }

  /// Compares members with pieces; both are walked once, in the order of the device.
  init(members: [Region], pieces: FilePieces, tail: TailPolicy) {
    // In place, here and below: of many members, memory is most of the cost.
    var sorted = members.map { Member(id: $0.id, range: $0.range) }
    sorted.sort {
      ($0.range.start, $1.range.length, $0.id) < ($1.range.start, $0.range.length, $1.id)
    }
    let new: [FilePieces.Piece]
    switch tail {
    case .recreate: new = matchExactly(sorted, pieces)
    case .keepCounters(let limit):
      removeUnusable(&sorted, pieces)
      new = cover(&sorted, pieces, limit: max(2, limit))
    }
    stale.sort()
    missing = new.sorted { ($0.order, $0.range.start) < ($1.order, $1.range.start) }.map(\.range)
  }

  /// What of a region counts here.
  private struct Member {
    var id: RegionId
    var range: SectorRange
  }

  private mutating func matchExactly(
    _ members: [Member], _ pieces: FilePieces
  ) -> [FilePieces.Piece] {
    var new: [FilePieces.Piece] = []
    var next = 0
    for piece in pieces.wanted {
      while next < members.count, members[next].range.start < piece.range.start {
        stale.append(members[next].id)
        next += 1
      }
      var isFound = false
      while next < members.count, members[next].range.start == piece.range.start {
        if !isFound, members[next].range == piece.range {
          isFound = true
          kept.append(members[next].id)
        } else {
          stale.append(members[next].id)
        }
        next += 1
      }
      if !isFound { new.append(piece) }
    }
    stale += members[next...].map(\.id)
    return new
  }

  /// Finds what none of the members has, which are usable ones.
  private mutating func cover(
    _ inside: inout [Member], _ pieces: FilePieces, limit: Int
  ) -> [FilePieces.Piece] {
    var new: [FilePieces.Piece] = []
    var first = 0
    kept.reserveCapacity(inside.count)
    for piece in pieces.wanted {
      // A region may reach into the next piece, so it is looked at again there.
      while first < inside.count, inside[first].range.end <= piece.range.start {
        kept.append(inside[first].id)
        first += 1
      }
      // Nearly always: one region, which is the piece.
      if first < inside.count, inside[first].range == piece.range {
        kept.append(inside[first].id)
        first += 1
        continue
      }
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
    kept += inside[first...].map(\.id)
    return new
  }

  /// Leaves the members that lie inside of the file, its reserve included, without overlaps; the
  /// others become stale.
  private mutating func removeUnusable(_ members: inout [Member], _ pieces: FilePieces) {
    var allowed = AllowedRanges(pieces)
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

/// Everything that belongs to a file, the reserve behind its end included, as ranges with gaps between
/// which are walked once, in the order of the device.
private struct AllowedRanges {
  private let wanted: [FilePieces.Piece]
  private let reserved: [SectorRange]
  private var piece = 0
  private var spare = 0
  /// The range at which the walk has arrived.
  private var start: Sectors = 0
  private var end: Sectors = 0

  init(_ pieces: FilePieces) {
    wanted = pieces.wanted
    reserved = pieces.reserved
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

extension SectorRange {
  /// What of this range lies in none of `others`, which are in order and don't overlap.
  fileprivate func gaps(between others: some Sequence<SectorRange>) -> [SectorRange] {
    var gaps: [SectorRange] = []
    var position = start
    for other in others {
      if other.start > position { gaps.append(SectorRange(from: position, to: other.start)) }
      position = max(position, other.end)
    }
    if position < end { gaps.append(SectorRange(from: position, to: end)) }
    return gaps
  }
}
