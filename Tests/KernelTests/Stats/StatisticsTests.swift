import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.zero)) struct DeviceStatistics {
    /// A device without a disk below, and its statistics.
    private func withDevice(
      _ name: String, _ body: (Statistics) async throws -> Void
    ) async throws {
      let dm = try DM()
      let table = try TargetTable(length: 8000, VerbatimTarget(.zero, TargetText()))
      let device = try await DmDevice<VerbatimTarget>.create(
        dm, .test(name), table: table, options: .privateDevice)
      do { try await body(Statistics(dm, device.id)) } catch {
        try await device.remove()
        throw error
      }
      try await device.remove()
    }

    @Test func `regions are created, listed and deleted`() async throws {
      try await withDevice("regions") { statistics in
        #expect(try statistics.regions().isEmpty)
        let bounds = try HistogramBounds(parsing: "10us,1ms")
        let other = try #require(ProgramId("other"))
        let first = try statistics.createRegion(NewRegion())
        let second = try statistics.createRegion(
          NewRegion(
            SectorRange(start: 8, length: 100), step: .count(3), bounds: bounds, program: other,
            auxiliary: AuxiliaryData(userData: #"two words, a \ and more"#)))
        let third = try statistics.createRegion(
          NewRegion(SectorRange(start: 0, length: 8000), step: .size(1000), precise: true))
        #expect([first, second, third] == [0, 1, 2])

        let regions = try statistics.regions()
        #expect(regions.map(\.id) == [0, 1, 2])
        #expect(regions[0] == Region(id: 0, range: SectorRange(start: 0, length: 8000)))
        #expect(regions[1].range == SectorRange(start: 8, length: 100))
        #expect(regions[1].areaSize == 34)
        #expect(regions[1].bounds == bounds)
        #expect(regions[1].isPrecise)
        #expect(regions[1].auxiliary.userData == #"two words, a \ and more"#)
        #expect(regions[2].areaCount == 8)
        #expect(try statistics.regions(of: other).map(\.id) == [1])
        #expect(try statistics.regions(of: .dmstats).map(\.id) == [0, 2])

        try statistics.delete(1)
        #expect(try statistics.regions().map(\.id) == [0, 2])
        #expect(try statistics.createRegion(NewRegion()) == 1)
        let error = #expect(throws: StatsError.self) { try statistics.delete(9) }
        #expect(error?.code == .noRegion)
        #expect(error?.region == 9)
      }
    }

    @Test func `what is read is counted`() async throws {
      try await withDevice("counted") { statistics in
        let bounds = try HistogramBounds(parsing: "10s")
        _ = try statistics.createRegion(
          NewRegion(SectorRange(start: 0, length: 100), step: .count(3), bounds: bounds))
        let region = try statistics.region(0)
        let device = try #require(try statistics.dm.deviceInfo(statistics.device).device)
        let file = try TestFile(device.devnode, direct: true)
        try file.read(at: 0, count: 4096)
        try file.read(at: 40 * 512, count: 4096)

        let areas = try statistics.counters(region)
        #expect(areas.map(\.range.description) == ["0+34", "34+34", "68+32"])
        #expect(areas.map(\.counters.sectorsRead) == [8, 8, 0])
        #expect(areas.map(\.counters.reads) == [1, 1, 0])
        #expect(areas[0].counters.histogram?.counts == [1, 0])
        #expect(areas[0].counters.writes == 0)
        #expect(try statistics.counters(region, areas: 1..<2) == [areas[1]])
        #expect(try statistics.counters(region, areas: 1..<1).isEmpty)

        #expect(try statistics.takeCounters(region, areas: 0..<1).map(\.counters.reads) == [1])
        #expect(try statistics.counters(region).map(\.counters.reads) == [0, 1, 0])
        try statistics.clear(0)
        #expect(try statistics.counters(region).map(\.counters.reads) == [0, 0, 0])
      }
    }

    @Test func `a region of many areas is printed whole`() async throws {
      try await withDevice("areas") { statistics in
        let bounds = try HistogramBounds(
          nanoseconds: (1...200).map { UInt64($0) * 1_000_000 })
        _ = try statistics.createRegion(NewRegion(step: .size(2), bounds: bounds))
        let areas = try statistics.counters(try statistics.region(0))
        #expect(areas.count == 4000)
        #expect(areas.last?.range == SectorRange(start: 7998, length: 2))
        #expect(areas.allSatisfy { $0.counters.histogram?.counts.count == 201 })
      }
    }

    @Test func `groups are made, named and dissolved`() async throws {
      try await withDevice("groups") { statistics in
        for start in 0..<6 {
          _ = try statistics.createRegion(
            NewRegion(
              SectorRange(start: Sectors(start) * 8, length: 8),
              auxiliary: AuxiliaryData(userData: TargetText("mine \(start)"))))
        }
        let group = try statistics.createGroup([2, 3, 5], alias: try GroupAlias("some"))
        #expect(group == 2)
        let made = try statistics.group(group)
        #expect(made.members.map(\.id) == [2, 3, 5])
        #expect(made.alias?.description == "some")
        #expect(made.leader.auxiliary.userData == "mine 2")
        let error = #expect(throws: StatsError.self) { try statistics.createGroup([1, 3]) }
        #expect(error?.code == .alreadyGrouped)
        #expect(error?.region == 3)
        #expect(error?.group == 2)
        #expect(throws: StatsError.self) { try statistics.createGroup([1, 9]) }
        #expect(throws: StatsError.self) { try statistics.createGroup([]) }

        try statistics.setAlias(group, try GroupAlias("other"))
        #expect(try statistics.group(group).alias?.description == "other")
        try statistics.ungroup(group)
        #expect(try statistics.groups().isEmpty)
        #expect(try statistics.region(2).auxiliary.userData == "mine 2")

        let all = try statistics.createGroup([1, 4, 5])
        try statistics.deleteGroup(all)
        #expect(try statistics.regions().map(\.id) == [0, 2, 3])
        let gone = #expect(throws: StatsError.self) { try statistics.deleteGroup(all) }
        #expect(gone?.code == .noGroup)
      }
    }

    @Test func `somebody's data of several lines stays with a group`() async throws {
      try await withDevice("lines") { statistics in
        for _ in 0..<3 { _ = try statistics.createRegion(NewRegion()) }
        _ = try statistics.createGroup([0, 1])
        try statistics.dm.targetMessage(
          statistics.device, "@stats_set_aux 0 DMS_GROUP=:0-1#one\\\ntwo")
        #expect(try statistics.group(0).leader.auxiliary.userData == "one\ntwo")
        try statistics.setAlias(0, try GroupAlias("some"))
        let group = try statistics.group(0)
        #expect(group.alias?.description == "some")
        #expect(group.leader.auxiliary.userData == "one\ntwo")
        #expect(group.members.map(\.id) == [0, 1])
        try statistics.ungroup(0)
        #expect(try statistics.regions().map(\.auxiliary.userData) == ["one\ntwo", "", ""])
        // Nobody is helped to write such data.
        let error = #expect(throws: StatsError.self) {
          try statistics.setAuxiliary(2, AuxiliaryData(userData: "one\ntwo"))
        }
        #expect(error?.code == .invalidUserData)
      }
    }

    @Test(arguments: [false, true])
    func `a group of many regions goes whole, also after interruptions`(
      hasLowerGap: Bool
    ) async throws {
      try await withDevice("many-regions") { statistics in
        let other = try #require(ProgramId("other"))
        let mine = try #require(ProgramId("mine"))
        let sector = SectorRange(start: 8, length: 1)
        _ = try statistics.createRegion(NewRegion(program: other))
        for _ in 1...1200 {
          _ = try statistics.createRegion(NewRegion(sector, program: mine))
        }
        // Somebody else's, which looks like what stands in front of deletions.
        _ = try statistics.createRegion(
          NewRegion(
            precise: true, program: other,
            auxiliary: AuxiliaryData(userData: "deleting group 1")))
        let group = try statistics.createGroup(RegionIds((1...1200).map(RegionId.init(rawValue:))))
        if hasLowerGap { try statistics.delete(0) }
        let others: [RegionId] = hasLowerGap ? [1201] : [0, 1201]

        // One message fails: what was there to help is gone, the rest is as it was.
        await Faults.watching(statistics.dm, .failing(.targetMessage, 100)) {
          let error = #expect(throws: StatsError.self) { try statistics.deleteGroup(group) }
          #expect(error?.code == .refused)
        }
        let members = try statistics.group(group).members
        #expect(members.count > 1050 && members.count < 1200)
        #expect(members.allSatisfy { $0.range == sector && !$0.isPrecise })

        // All messages fail from there on, as for a program that is killed.
        await Faults.watching(statistics.dm, .failing(from: 50)) {
          #expect(throws: StatsError.self) { try statistics.deleteGroup(group) }
        }
        let left = try statistics.regions(of: mine).filter(\.isPrecise)
        #expect(left.map(\.auxiliary.userData) == ["deleting group 1"])
        #expect(left.map(\.id) == [hasLowerGap ? 0 : 2])

        let commands = try await Faults.watching(statistics.dm) {
          try statistics.deleteGroup(group)
        }
        #expect(commands.count < 1200)
        #expect(try statistics.regions().map(\.id) == others)
      }
    }

    @Test func `a group has one set of bounds`() async throws {
      try await withDevice("bounds") { statistics in
        for bounds in ["1ms", "1ms", "2ms"] {
          _ = try statistics.createRegion(
            NewRegion(bounds: try HistogramBounds(parsing: bounds)))
        }
        let error = #expect(throws: StatsError.self) { try statistics.createGroup([0, 1, 2]) }
        #expect(error?.code == .differentBounds)
        #expect(error?.region == 2)
        _ = try statistics.createGroup([0, 1])
      }
    }

    @Test func `a device that isn't there is the kernel's error`() throws {
      let error = #expect(throws: StatsError.self) {
        try Statistics(try DM(), .name("nothing")).regions()
      }
      #expect(error?.code == .refused)
      guard case .device(let reason) = error?.context else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason.errno == .noSuchAddressOrDevice)
    }
  }
}
