import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// Debian's `dmstats`, unmodified, and this package at work on the same regions.
  @Suite(.kernel(.linear)) struct Dmstats {
    private let block = MappedFile.block

    /// Runs `dmstats`, which has to succeed, and returns the lines of its output.
    @discardableResult
    private func dmstats(_ arguments: String...) async throws -> [String] {
      let result = try await runAnyhow("dmstats", arguments)
      guard result.status == 0, result.error == "" else { throw result }
      return result.lines
    }

    /// What `dmstats list` says of regions.
    private func listed(by fileSystem: TestFileSystem) async throws -> [String] {
      try await dmstats(
        "list", "--region", "--noheadings", "--separator", ",", "--units", "s", "--nosuffix",
        "-o", "region_id,region_start,region_len,group_id,stats_name", fileSystem.name.description)
    }

    /// The same, by this package.
    private func listed(_ statistics: Statistics) throws -> [String] {
      try statistics.groups().flatMap { group in
        group.members.map {
          "\($0.id),\($0.range.start.rawValue),\($0.range.length.rawValue),\(group.id),"
            + "\(group.alias?.description ?? "")"
        }
      }
    }

    @Test func `what dmstats maps is read, updated and deleted here`() async throws {
      try await TestFileSystem.with(name: "theirs") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        for index in 0..<4 { try file.write(at: index * 2 * block, count: block) }
        let said = try await dmstats("create", "--filemap", "--nomonitor", file.path.string)
        let statistics = Statistics(fileSystem.dm, .device(fileSystem.device))
        let group = try #require(try statistics.groups().first)
        #expect(
          said == [
            "\(file.path): Created new group with \(group.members.count) region(s) as group ID 0."
          ])
        #expect(group.alias?.description == "data")
        #expect(try await listed(by: fileSystem) == listed(statistics))

        var filemap = try Filemap(fileSystem.dm, file: file.descriptor, group: group.id)
        #expect(try filemap.update(file.descriptor).isEmpty)
        try file.write(at: 32 * block, count: 4 * block)
        try await file.punch(at: 0, count: block)
        #expect(try !filemap.update(file.descriptor).isEmpty)
        #expect(try await listed(by: fileSystem) == listed(statistics))
        try filemap.delete()
        #expect(try await listed(by: fileSystem).isEmpty)
      }
    }

    @Test func `what is mapped here, dmstats lists, reports, updates and deletes`() async throws {
      try await TestFileSystem.with(name: "ours") { fileSystem in
        let mapped = try MappedFile(
          fileSystem, blocks: [0..<4, 8..<12, 16..<20], alias: try GroupAlias("some"))
        let statistics = mapped.statistics
        #expect(try await listed(by: fileSystem) == listed(statistics))

        try mapped.file.read(at: 8 * block, count: 2 * block)
        let counters = try statistics.counters(try statistics.group(mapped.group))
        let report = try await dmstats(
          "report", "--group", "--noheadings", "--separator", ",",
          "-o", "stats_name,read_count,read_sector_count", fileSystem.name.description)
        #expect(report == ["some,\(counters.reads),\(counters.sectorsRead.rawValue)"])
        #expect(counters.sectorsRead == 16)

        try mapped.file.write(at: 32 * block, count: 4 * block)
        let said = try await dmstats(
          "update_filemap", "--nomonitor", "--groupid", "\(mapped.group)", mapped.file.path.string)
        #expect(said.count == 1)
        #expect(try await mapped.isCovered())
        try await dmstats(
          "delete", "--groupid", "\(mapped.group)", fileSystem.name.description)
        #expect(try statistics.regions().isEmpty)
      }
    }

    @Test func `what dmstats counts is read here, bounds and areas included`() async throws {
      // Nothing is written to it or read from it by itself.
      try await TestFileSystem.with(
        options: ["-O", "^has_journal", "-E", "lazy_itable_init=0"],
        mountOptions: "no_prefetch_block_bitmaps", name: "counted"
      ) { fileSystem in
        let name = fileSystem.name.description
        try await dmstats("create", "--areas", "4", "--bounds", "10ms,20ms,100ms", name)
        try await dmstats("create", "--precise", "--bounds", "100us,1ms", name)
        let file = try TestFile(fileSystem.path("data"), direct: true)
        try file.write(at: 0, count: 20 * block)
        try file.sync()
        try file.read(at: 4 * block, count: 8 * block)

        let statistics = Statistics(fileSystem.dm, .device(fileSystem.device))
        let regions = try statistics.regions()
        #expect(regions.map { $0.bounds?.description } == ["10ms,20ms,100ms", "100us,1ms"])
        let bounds = try await dmstats(
          "list", "--region", "--noheadings", "--separator", " ",
          "-o", "region_id,hist_bounds,precise", name)
        #expect(
          bounds
            == regions.map { region in
              "\(region.id) 0s,\(region.bounds?.description ?? "") \(region.isPrecise ? 1 : 0)"
            })
        let counted = try regions.flatMap { region in
          try statistics.counters(region).enumerated().map { index, area in
            let counters = area.counters
            let bins = counters.histogram?.counts.map { "\($0)" }.joined(separator: ":") ?? ""
            return "\(region.id) \(index) \(counters.reads) \(counters.sectorsRead.rawValue) "
              + "\(counters.writes) \(bins)"
          }
        }
        // Which clears them.
        let report = try await dmstats(
          "report", "--area", "--noheadings", "--separator", " ",
          "-o", "region_id,area_id,read_count,read_sector_count,write_count,hist_count", name)
        #expect(report == counted)
        #expect(report.count == 5)
        #expect(report[0].hasPrefix("0 0 ") && !report[0].hasPrefix("0 0 0 "))
      }
    }

    @Test func `groups are made on one side and dissolved on the other`() async throws {
      try await TestFileSystem.with(name: "both") { fileSystem in
        let name = fileSystem.name.description
        let mapped = try MappedFile(fileSystem, blocks: [0..<4, 8..<12, 16..<20])
        let statistics = mapped.statistics
        let regions = try statistics.regions().map(\.id)
        try await dmstats("ungroup", "--groupid", "0", name)
        #expect(try statistics.groups().isEmpty)
        #expect(try statistics.regions().map(\.id) == regions)

        let numbers = "0-\(regions.count - 1)"
        try await dmstats("group", "--regions", numbers, "--alias", "other", name)
        let group = try #require(try statistics.groups().first)
        #expect(group.alias?.description == "other")
        #expect(group.members.map(\.id) == regions)
        try statistics.ungroup(group.id)
        #expect(try await listed(by: fileSystem).allSatisfy { $0.contains(",-,") })

        _ = try statistics.createGroup(RegionIds(regions), alias: try GroupAlias("third"))
        #expect(try await listed(by: fileSystem) == listed(statistics))
      }
    }

    @Test(arguments: FilemapMode.allCases)
    func `dmstats finds the daemon, which follows until dmstats deletes the group`(
      mode: FilemapMode
    ) async throws {
      try await TestFileSystem.with(name: "found") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        try file.write(at: 0, count: block)
        let mapped = MappedFile(fileSystem, file, group: 0)
        try await dmstats("create", "--filemap", "--follow", mode.rawValue, file.path.string)
        try file.write(at: 8 * block, count: 4 * block)
        #expect(try await mapped.isCovered())
        #expect(try Daemon.running() == 1)
        try await dmstats("delete", "--groupid", "0", fileSystem.name.description)
        #expect(try await until(.seconds(30)) { try Daemon.running() == 0 })
      }
    }

    @Test func `dmstats starts the daemon for a group that was made here`() async throws {
      try await TestFileSystem.with(name: "again") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        try await dmstats(
          "update_filemap", "--groupid", "\(mapped.group)", mapped.file.path.string)
        try mapped.file.write(at: 32 * block, count: block)
        #expect(try await mapped.isCovered())
        try mapped.statistics.deleteGroup(mapped.group)
        #expect(try await until(.seconds(30)) { try Daemon.running() == 0 })
      }
    }
  }
}
