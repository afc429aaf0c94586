import DeviceMapperTargets

/// The pieces of a device that a file should have regions for.
struct FilePieces: Hashable {
  /// A piece and its place in the file's order.
  struct Piece: Hashable {
    var range: SectorRange
    var order: Int
  }

  /// The pieces in the order of the device, none of them overlapping.
  var wanted: [Piece] = []
  /// What is set aside behind the end of the file, in the order of the device.
  var reserved: [SectorRange] = []

  /// Joins extents that follow each other in the file and on the device, whatever lies between them
  /// in the file.
  ///
  /// - Parameters:
  ///   - map: The extents.
  ///   - limit: What to do about many pieces.
  ///   - includingReserve: Whether blocks behind the end of the file count as part of it.
  init(
    _ map: FileExtents, limit: RegionLimit = .none, includingReserve: Bool = false
  ) throws(StatsError) {
    wanted.reserveCapacity(map.extents.count)
    var end: Sectors = 0
    var isInOrder = true
    for extent in map.extents {
      var range = extent.range
      if !includingReserve {
        let inside =
          map.end > extent.fileOffset ? min(range.length, map.end - extent.fileOffset) : 0
        if inside < range.length {
          reserved.append(SectorRange(from: range.start + inside, to: range.end))
          range.length = inside
        }
      }
      if range.length == 0 { continue }
      if range.start == end, !wanted.isEmpty {
        wanted[wanted.count - 1].range.length += range.length
      } else {
        if range.start < end { isInOrder = false }
        wanted.append(Piece(range: range, order: wanted.count))
      }
      end = range.end
    }
    if !isInOrder {
      wanted.sort { ($0.range.start, $0.order) < ($1.range.start, $1.order) }
      removeOverlaps()
    }
    try apply(limit)
    removeWantedFromReserve()
  }

  /// The reserve may lie between pieces that were joined, or on a place that the file has twice.
  private mutating func removeWantedFromReserve() {
    reserved.sort { $0.start < $1.start }
    var next = 0
    reserved = reserved.flatMap { range in
      while next < wanted.count, wanted[next].range.end <= range.start { next += 1 }
      return range.gaps(
        between: wanted[next...].lazy.map(\.range).prefix { $0.start < range.end })
    }
  }

  /// A file may have the same place twice; its I/O must be counted once.
  private mutating func removeOverlaps() {
    if zip(wanted, wanted.dropFirst()).allSatisfy({ $0.range.end <= $1.range.start }) { return }
    var end: Sectors = 0
    var pieces: [Piece] = []
    for piece in wanted where piece.range.end > end {
      var piece = piece
      piece.range = SectorRange(from: max(piece.range.start, end), to: piece.range.end)
      end = piece.range.end
      pieces.append(piece)
    }
    wanted = pieces
  }

  private mutating func apply(_ limit: RegionLimit) throws(StatsError) {
    switch limit {
    case .none: break
    case .refuse(let limit):
      guard wanted.count <= limit else {
        throw StatsError(.tooManyRegions, context: .count(wanted.count, limit: limit))
      }
    case .join(let limit): join(upTo: max(1, limit))
    }
  }

  private mutating func join(upTo limit: Int) {
    guard wanted.count > limit else { return }
    let gaps = wanted.indices.dropFirst().map { index in
      (size: wanted[index].range.start - wanted[index - 1].range.end, index: index)
    }
    let smallest = gaps.sorted { ($0.size, $0.index) < ($1.size, $1.index) }
      .prefix(wanted.count - limit)
    var isJoined = [Bool](repeating: false, count: wanted.count)
    for gap in smallest { isJoined[gap.index] = true }
    var joined: [Piece] = []
    for (index, piece) in wanted.enumerated() {
      if isJoined[index] {
        let last = joined.count - 1
        joined[last].range = SectorRange(from: joined[last].range.start, to: piece.range.end)
        joined[last].order = min(joined[last].order, piece.order)
      } else {
        joined.append(piece)
      }
    }
    wanted = joined
  }

  /// The pieces in the order of the file.
  var inFileOrder: [SectorRange] {
    wanted.sorted { $0.order < $1.order }.map(\.range)
  }
}
