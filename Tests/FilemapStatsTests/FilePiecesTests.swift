import DeviceMapperTargets
import Testing

@testable import FilemapStats

struct FilePiecesTests {
  private func extent(_ offset: Sectors, _ start: Sectors, _ length: Sectors) -> Extent {
    Extent(fileOffset: offset, range: SectorRange(start: start, length: length))
  }

  private func map(_ extents: [Extent], end: Sectors = .max) -> FileExtents {
    FileExtents(
      device: Device(major: 253, minor: 0), extents: extents, end: end, hasUnplacedData: false)
  }

  @Test func `extents that follow each other become one piece`() throws {
    let pieces = try FilePieces(
      map([extent(0, 100, 8), extent(8, 108, 8), extent(64, 116, 8), extent(72, 200, 8)]))
    #expect(pieces.inFileOrder.map(\.description) == ["100+24", "200+8"])
  }

  @Test func `extents in the other order stay apart`() throws {
    let pieces = try FilePieces(map([extent(0, 108, 8), extent(8, 100, 8)]))
    #expect(pieces.inFileOrder.map(\.description) == ["108+8", "100+8"])
    #expect(pieces.wanted.map(\.range.description) == ["100+8", "108+8"])
  }

  @Test func `a place that the file has twice is counted once`() throws {
    let pieces = try FilePieces(
      map([extent(0, 100, 16), extent(32, 96, 8), extent(64, 100, 16), extent(80, 110, 10)]))
    #expect(pieces.wanted.map(\.range.description) == ["96+8", "104+12", "116+4"])
  }

  @Test func `blocks behind the end are a reserve`() throws {
    let map = map([extent(0, 100, 16), extent(16, 300, 64), extent(80, 500, 8)], end: 24)
    let pieces = try FilePieces(map)
    #expect(pieces.inFileOrder.map(\.description) == ["100+16", "300+8"])
    #expect(pieces.reserved.map(\.description) == ["308+56", "500+8"])
    let all = try FilePieces(map, includingReserve: true)
    #expect(all.inFileOrder.map(\.description) == ["100+16", "300+64", "500+8"])
    #expect(all.reserved.isEmpty)
  }

  @Test func `a reserve between joined pieces is none any more`() throws {
    let map = map([extent(0, 100, 8), extent(8, 200, 8), extent(16, 120, 16)], end: 16)
    let pieces = try FilePieces(map, limit: .join(upTo: 1))
    #expect(pieces.wanted.map(\.range.description) == ["100+108"])
    #expect(pieces.reserved.isEmpty)
    // In part, as a place that the file has twice.
    let twice = try FilePieces(
      self.map([extent(0, 100, 8), extent(8, 96, 8), extent(16, 90, 40)], end: 16))
    #expect(twice.wanted.map(\.range.description) == ["96+8", "104+4"])
    #expect(twice.reserved.map(\.description) == ["90+6", "108+22"])
  }

  @Test func `a limit refuses`() throws {
    let map = map([extent(0, 100, 8), extent(8, 200, 8), extent(16, 300, 8)])
    #expect(try FilePieces(map, limit: .refuse(above: 3)).wanted.count == 3)
    let error = #expect(throws: StatsError.self) {
      try FilePieces(map, limit: .refuse(above: 2))
    }
    #expect(error?.code == .tooManyRegions)
    #expect(error?.context == .count(3, limit: 2))
  }

  @Test(arguments: [
    (4, ["400+8", "100+8", "110+8", "300+8"]), (3, ["400+8", "100+18", "300+8"]),
    (2, ["300+108", "100+18"]), (1, ["100+308"]), (0, ["100+308"]),
  ])
  func `a limit joins pieces with the least between them`(
    limit: Int, expected: [String]
  ) throws {
    let map = map([
      extent(0, 400, 8), extent(8, 100, 8), extent(16, 110, 8), extent(24, 300, 8),
    ])
    let pieces = try FilePieces(map, limit: .join(upTo: limit))
    #expect(pieces.inFileOrder.map(\.description) == expected)
  }
}
