import DeviceMapperTargets
import Mutations
import Testing

@testable import FilemapStats

/// Replies as no kernel should print them; that nothing traps is seen by the test's coming to its end.
struct MutatedReplyTests {
  private static let lists = [
    "0: 0+200000 200000 dmstats - histogram:10,20,30\n",
    "0: 8+8 8 dmstats DMS_GROUP=\"f\":0-2,7#-\n1: 16+8 8 dmstats -\n2: 32+8 8 dmstats -\n",
    "3: 0+8 8 p one\ntwo\n4: 8+8 4 dmstats DMS_GROUP=a b:4-9#mine precise_timestamps\n5: 64+8 8 p -\n",
    "0: 0+18446744073709551615 1 dmstats - precise_timestamps histogram:500,1000\n",
  ].map { Array($0.utf8) }

  private static let counters = [
    "0+34 1 2 3 4 5 6 7 8 9 10 11 12 13\n34+34 0 0 0 0 0 0 0 0 0 0 0 0 0\n",
    "0+8 1 2 3 4 5 6 7 8 9 10 11 12 13 1:2:3:4\n",
    "18446744073709551600+8 18446744073709551615 0 0 18446744073709551615 0 0 0 0 0 0 0 0 0\n",
  ].map { Array($0.utf8) }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a list of regions has regions in groups with a leader, or an error`(seed: UInt64) throws {
    var mutator = TextMutator(seed: seed)
    let pieces = try FilePieces(
      FileExtents(
        device: Device(major: 253, minor: 0),
        extents: [8, 32, 64].map {
          Extent(fileOffset: $0, range: SectorRange(start: $0, length: 8))
        }, end: 68, hasUnplacedData: false))
    var readCount = 0
    for round in 0..<1000 {
      let list = Self.lists[round % Self.lists.count]
      let text = mutator.mutate(list, with: Self.lists[round / 4 % Self.lists.count])
      guard let regions = try? Region.list(TargetText(bytes: text.span)) else { continue }
      readCount += 1
      for region in regions {
        if region.areaCount > 0 { _ = region.area(region.areaCount - 1) }
        let data = region.auxiliary
        #expect(AuxiliaryData(text: data.text) == data, "\(TargetText(bytes: text.span))")
      }
      for group in Group.groups(in: regions) {
        #expect(group.leader.id == group.id.leader)
        #expect(group.members.allSatisfy { group.tag.members.contains($0.id) })
        _ = group.length
        for tail in [TailPolicy.standard, .recreate] {
          let plan = RegionPlan(members: group.members, pieces: pieces, tail: tail)
          let members = Set(group.members.map(\.id))
          #expect(plan.stale.allSatisfy(members.contains))
        }
      }
    }
    #expect(readCount > 100)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `counters are read and added up, or an error`(seed: UInt64) throws {
    var mutator = TextMutator(seed: seed)
    var regions = try Region.list(TargetText("0: 0+100 34 dmstats - histogram:10,20,30\n"))
    regions += [Region(id: 1, range: SectorRange(start: 0, length: 100), areaSize: 34)]
    var sum = Counters()
    var readCount = 0
    for round in 0..<1000 {
      let rows = Self.counters[round % Self.counters.count]
      let text = mutator.mutate(rows, with: Self.counters[round / 4 % Self.counters.count])
      do {
        try AreaCounters.read(text.span, of: regions[round % 2]) { sum.add($0.counters) }
        readCount += 1
      } catch {
        #expect(error.offset <= text.count)
      }
    }
    #expect(readCount > 10)
  }
}
