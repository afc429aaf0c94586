import DeviceMapperTargets
import Testing

@testable import FilemapStats

struct RegionPlanTests {
  private func range(_ start: Sectors, _ length: Sectors) -> SectorRange {
    SectorRange(start: start, length: length)
  }

  private func regions(_ ranges: [SectorRange]) -> [Region] {
    ranges.enumerated().map { Region(id: RegionId(rawValue: UInt32($0)), range: $1) }
  }

  private func pieces(
    _ ranges: [SectorRange], reserved: [SectorRange] = [], limit: RegionLimit = .none
  ) throws -> FilePieces {
    var offset: Sectors = 0
    var extents: [Extent] = []
    for range in ranges {
      extents.append(Extent(fileOffset: offset, range: range))
      offset += range.length
    }
    let end = offset
    for range in reserved {
      extents.append(Extent(fileOffset: offset, range: range))
      offset += range.length
    }
    return try FilePieces(
      FileExtents(
        device: Device(major: 253, minor: 0), extents: extents, end: end, hasUnplacedData: false),
      limit: limit)
  }

  private func plan(
    _ members: [SectorRange], _ file: [SectorRange], reserved: [SectorRange] = [],
    tail: TailPolicy = .standard
  ) throws -> RegionPlan {
    RegionPlan(
      members: regions(members), pieces: try pieces(file, reserved: reserved), tail: tail)
  }

  @Test(arguments: [TailPolicy.standard, .recreate])
  func `nothing is done for a file that hasn't changed`(tail: TailPolicy) throws {
    let ranges = [range(100, 8), range(300, 8), range(200, 8)]
    let plan = try plan(ranges, ranges, tail: tail)
    #expect(plan.isEmpty)
  }

  @Test func `a grown tail keeps its region and gets another`() throws {
    let plan = try plan([range(100, 8)], [range(100, 24)])
    #expect(plan.stale == [])
    #expect(plan.missing == [range(108, 16)])
  }

  @Test func `as dmstats does it, a grown tail is replaced`() throws {
    let plan = try plan(
      [range(100, 8), range(200, 8)], [range(100, 24), range(200, 8)], tail: .recreate)
    #expect(plan.stale == [0])
    #expect(plan.missing == [range(100, 24)])
  }

  @Test func `a shrunk extent is mapped anew`() throws {
    let plan = try plan([range(100, 24)], [range(100, 8)])
    #expect(plan.stale == [0])
    #expect(plan.missing == [range(100, 8)])
  }

  @Test func `a region over the reserve behind the end stays`() throws {
    let plan = try plan([range(100, 64)], [range(100, 8)], reserved: [range(108, 56)])
    #expect(plan.isEmpty)
  }

  @Test func `regions on the same place are counted once`() throws {
    let plan = try plan([range(100, 8), range(100, 8), range(104, 8)], [range(100, 16)])
    #expect(plan.stale == [1, 2])
    #expect(plan.missing == [range(108, 8)])
  }

  @Test func `an empty file has only stale regions`() throws {
    let plan = try plan([range(100, 8), range(200, 8)], [])
    #expect(plan.stale == [0, 1])
    #expect(plan.missing.isEmpty)
  }

  @Test func `new regions come in the order of the file`() throws {
    let plan = try plan([range(300, 8)], [range(500, 8), range(300, 16), range(100, 8)])
    #expect(plan.missing == [range(500, 8), range(308, 8), range(100, 8)])
  }

  @Test func `an extent with too many regions is mapped anew from its middle on`() throws {
    let members = (0..<4).map { range(100 + 8 * $0, 8) }
    let plan = try plan(members, [range(100, 40)], tail: .keepCounters(limit: 4))
    #expect(plan.stale == [2, 3])
    #expect(plan.missing == [range(116, 24)])
    let within = try self.plan(members, [range(100, 40)], tail: .keepCounters(limit: 5))
    #expect(within.stale.isEmpty)
  }

  @Test(arguments: 0..<400)
  func `any plan maps the file, once, and is finished afterwards`(seed: UInt64) throws {
    var random = Generator(state: seed)
    func ranges(_ count: Int) -> [SectorRange] {
      // A shuffled walk over the device: pieces that touch, pieces that don't.
      var position: Sectors = 0
      var ranges: [SectorRange] = []
      for _ in 0..<count {
        position += Sectors(rawValue: random.next() % 3 * 8)
        let length = Sectors(rawValue: (random.next() % 4 + 1) * 8)
        ranges.append(range(position, length))
        position += length
      }
      return ranges.shuffled(using: &random)
    }
    let file = ranges(Int(random.next() % 12))
    // Behind the file's last place on the device, or between and upon others.
    let reserved = random.next() % 2 == 0 ? [range(random.next() % 2 == 0 ? 10_000 : 40, 64)] : []
    var members = ranges(Int(random.next() % 12))
    if random.next() % 2 == 0 {
      // What the file had before it changed, here and there.
      members = file.filter { _ in random.next() % 4 != 0 } + members.suffix(2)
    }
    if random.next() % 2 == 0 { members.append(range(10_000, 16)) }
    // Somebody else's group may have regions upon regions.
    if random.next() % 4 == 0 { members += ranges(3) }
    let limit = Int(random.next() % 6)
    let tail: TailPolicy = random.next() % 4 == 0 ? .recreate : .keepCounters(limit: limit)
    let join: RegionLimit = random.next() % 4 == 0 ? .join(upTo: 2) : .none
    let wanted = try pieces(file, reserved: reserved, limit: join)
    let plan = RegionPlan(members: regions(members), pieces: wanted, tail: tail)

    #expect(plan.stale == plan.stale.sorted())
    let stale = Set(plan.stale)
    #expect(stale.count == plan.stale.count)
    let kept = regions(members).filter { !stale.contains($0.id) }
    let result = kept.map(\.range) + plan.missing
    var counts: [UInt64: Int] = [:]
    for range in result {
      for sector in range.start.rawValue..<range.end.rawValue { counts[sector, default: 0] += 1 }
    }
    #expect(counts.values.allSatisfy { $0 == 1 })
    let inFile = Set(wanted.wanted.flatMap { $0.range.start.rawValue..<$0.range.end.rawValue })
    #expect(inFile.isSuperset(of: file.flatMap { $0.start.rawValue..<$0.end.rawValue }))
    let inReserve = Set(reserved.flatMap { $0.start.rawValue..<$0.end.rawValue })
    #expect(Set(counts.keys).isSuperset(of: inFile))
    #expect(Set(counts.keys).subtracting(inFile).isSubset(of: inReserve))
    #expect(RegionPlan(members: regions(result), pieces: wanted, tail: tail).isEmpty)
  }
}

/// Random numbers that are the same each time (SplitMix64).
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
