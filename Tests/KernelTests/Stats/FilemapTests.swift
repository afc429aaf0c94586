import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.linear, .striped, .thinPool)) struct Filemaps {
    private let block = 4096

    private func statistics(_ fileSystem: TestFileSystem) -> Statistics {
      Statistics(fileSystem.dm, .device(fileSystem.device))
    }

    @Test(arguments: TestFileSystem.Kind.mappable, TestFileSystem.Layers.allCases)
    func `what is written to a file is counted, and nothing else`(
      kind: TestFileSystem.Kind, layers: TestFileSystem.Layers
    ) async throws {
      try await TestFileSystem.with(kind, on: layers, name: "counted") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        try file.write(at: 0, count: 1 << 20)
        try file.sync()
        let filemap = try Filemap.create(fileSystem.dm, file: file.descriptor)
        let statistics = statistics(fileSystem)
        let group = try statistics.group(filemap.group)
        #expect(group.length == 2048)

        try statistics.clear(group.id.leader)
        try file.write(at: 64 * 1024, count: 256 * 1024)
        try file.read(at: 0, count: 32 * 1024)
        let other = try TestFile(fileSystem.path("other"), direct: true)
        try other.write(at: 0, count: 1 << 20)
        try other.sync()
        let counters = try statistics.takeCounters(group)
        #expect(counters.sectorsWritten == 512)
        #expect(counters.sectorsRead == 64)
        #expect(try statistics.counters(group).sectorsWritten == 0)
        try filemap.delete()
        #expect(try statistics.regions().isEmpty)
      }
    }

    @Test(arguments: TestFileSystem.Kind.mappable)
    func `a growing tail keeps its counters`(kind: TestFileSystem.Kind) async throws {
      try await TestFileSystem.with(kind, name: "tail") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        try file.write(at: 0, count: 64 * block)
        var filemap = try Filemap.create(fileSystem.dm, file: file.descriptor)
        try file.write(at: 0, count: 64 * block)
        let id = filemap.group
        try file.write(at: 64 * block, count: 32 * block)
        let update = try filemap.update(file.descriptor)
        #expect(update.deleted.isEmpty)
        #expect(update.kept.lowest == id.leader)
        #expect(filemap.group == id)
        try file.write(at: 0, count: 96 * block)
        let statistics = statistics(fileSystem)
        let group = try statistics.group(filemap.group)
        #expect(group.length == 768)
        #expect(try statistics.counters(group).sectorsWritten == 1280)
        #expect(try filemap.update(file.descriptor).isEmpty)

        // As dmstats does it, the counters are lost.
        try file.write(at: 96 * block, count: 32 * block)
        let replaced = try filemap.update(file.descriptor, tail: .recreate)
        #expect(!replaced.deleted.isEmpty)
        let counters = try statistics.counters(try statistics.group(filemap.group))
        #expect(counters.sectorsWritten == 0)
        #expect(filemap.group == id)
      }
    }

    @Test func `holes, truncation and emptiness`() async throws {
      try await TestFileSystem.with(name: "holes") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        try file.write(at: 0, count: 64 * block)
        var filemap = try Filemap.create(fileSystem.dm, file: file.descriptor)
        let statistics = statistics(fileSystem)
        func length() throws -> Sectors { try statistics.group(filemap.group).length }

        try await file.punch(at: 16 * block, count: 16 * block)
        try filemap.update(file.descriptor)
        #expect(try length() == 384)
        #expect(try statistics.group(filemap.group).members.count == 2)
        try file.truncate(to: 40 * block)
        try filemap.update(file.descriptor)
        #expect(try length() == 192)
        try await file.allocate(at: 40 * block, count: 8 * block)
        try filemap.update(file.descriptor)
        #expect(try length() == 256)

        try file.truncate(to: 0)
        let update = try filemap.update(file.descriptor)
        #expect(update.group == nil)
        #expect(try statistics.regions().isEmpty)
        let error = #expect(throws: StatsError.self) { try filemap.update(file.descriptor) }
        #expect(error?.code == .noGroup)
        let empty = #expect(throws: StatsError.self) {
          try Filemap.create(fileSystem.dm, file: file.descriptor)
        }
        #expect(empty?.code == .noExtents)
      }
    }

    @Test func `a file that was written from behind has its first region as leader`() async throws {
      try await TestFileSystem.with(name: "behind") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        for index in (0..<8).reversed() { try file.write(at: index * 8 * block, count: block) }
        var filemap = try Filemap.create(fileSystem.dm, file: file.descriptor)
        #expect(filemap.group == 0)
        #expect(try statistics(fileSystem).group(0).members.count == 8)
        try file.write(at: 200 * block, count: block)
        let update = try filemap.update(file.descriptor)
        #expect(update.created.count == 1)
        #expect(update.group == 0)
      }
    }

    @Test func `other programs' regions stay as they are`() async throws {
      try await TestFileSystem.with(name: "foreign") { fileSystem in
        let statistics = statistics(fileSystem)
        let other = try #require(ProgramId("other"))
        func foreign() throws -> [Region] { try statistics.regions(of: other) }
        for start in 0..<200 {
          _ = try statistics.createRegion(
            NewRegion(
              SectorRange(start: Sectors(start) * 8, length: 8), program: other,
              auxiliary: AuxiliaryData(userData: "keep")))
        }
        // Gaps, into which the file's regions go.
        for id in stride(from: 1, to: 40, by: 3) {
          try statistics.delete(RegionId(rawValue: UInt32(id)))
        }
        let before = try foreign()
        let file = try TestFile(fileSystem.path("data"), direct: true)
        for index in 0..<32 { try file.write(at: index * 2 * block, count: block) }
        var filemap = try Filemap.create(
          fileSystem.dm, file: file.descriptor,
          options: FilemapOptions(alias: try GroupAlias("data")))
        #expect(filemap.group == 1)
        #expect(try foreign() == before)
        for index in 0..<20 { try await file.punch(at: index * 4 * block, count: block) }
        try file.write(at: 100 * block, count: block)
        let update = try filemap.update(file.descriptor)
        #expect(update.deleted.contains(1))
        let group = try statistics.group(filemap.group)
        #expect(group.alias?.description == "data")
        #expect(Set(group.members.map(\.id)).isDisjoint(with: before.map(\.id)))
        #expect(try foreign() == before)
        try filemap.delete()
        #expect(try statistics.regions() == before)
      }
    }

    @Test func `the group moves to a lower number when one is free`() async throws {
      try await TestFileSystem.with(name: "lower") { fileSystem in
        let statistics = statistics(fileSystem)
        _ = try statistics.createRegion(NewRegion(program: try #require(ProgramId("other"))))
        let file = try TestFile(fileSystem.path("data"), direct: true)
        try file.write(at: 0, count: block)
        var filemap = try Filemap.create(
          fileSystem.dm, file: file.descriptor,
          options: FilemapOptions(alias: try GroupAlias("data"))
        )
        #expect(filemap.group == 1)
        try statistics.delete(0)
        try file.write(at: 8 * block, count: block)
        let update = try filemap.update(file.descriptor)
        #expect(update.previousGroup == 1)
        #expect(update.group == 0)
        #expect(filemap.group == 0)
        #expect(try statistics.groups().map(\.id) == [0])
        #expect(try statistics.group(0).members.map(\.id) == [0, 1])
        #expect(try statistics.group(0).alias?.description == "data")
        #expect(try statistics.region(1).auxiliary == .none)
      }
    }

    @Test func `another file can take the group over`() async throws {
      try await TestFileSystem.with(name: "over") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        for index in 0..<5 { try file.write(at: index * 2 * block, count: block) }
        var filemap = try Filemap.create(fileSystem.dm, file: file.descriptor)
        let before = try statistics(fileSystem).group(0).members
        let other = try TestFile(fileSystem.path("other"), direct: true)
        for index in 0..<3 { try other.write(at: index * 2 * block, count: block) }
        let update = try filemap.update(other.descriptor)
        #expect(update.deleted == RegionIds(before.map(\.id)))
        #expect(update.group == 0)
        func sectors(_ ranges: [SectorRange]) -> Set<UInt64> {
          Set(ranges.flatMap { $0.start.rawValue..<$0.end.rawValue })
        }
        let extents = try FileExtents(fileSystem.dm, of: other.descriptor).extents.map(\.range)
        let members = try statistics(fileSystem).group(0).members.map(\.range)
        #expect(sectors(members) == sectors(extents))
      }
    }

    @Test func `a file of another device is refused, and the group stays`() async throws {
      try await TestFileSystem.with(name: "elsewhere") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        try file.write(at: 0, count: block)
        var filemap = try Filemap.create(fileSystem.dm, file: file.descriptor)
        let before = try statistics(fileSystem).regions()
        let other = try TestFile("/run/swift-test-elsewhere")
        let error = #expect(throws: StatsError.self) { try filemap.update(other.descriptor) }
        #expect(error?.code == .notDeviceMapper)
        #expect(try statistics(fileSystem).regions() == before)
        #expect(try filemap.update(file.descriptor).isEmpty)
      }
    }

    @Test func `a limit joins or refuses`() async throws {
      try await TestFileSystem.with(name: "limit") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        for index in 0..<32 { try file.write(at: index * 2 * block, count: block) }
        let error = #expect(throws: StatsError.self) {
          try Filemap.create(
            fileSystem.dm, file: file.descriptor, options: FilemapOptions(limit: .refuse(above: 4)))
        }
        #expect(error?.code == .tooManyRegions)
        var filemap = try Filemap.create(
          fileSystem.dm, file: file.descriptor, options: FilemapOptions(limit: .join(upTo: 4)))
        #expect(try statistics(fileSystem).group(filemap.group).members.count <= 4)
        #expect(try filemap.update(file.descriptor, limit: .join(upTo: 4)).isEmpty)
      }
    }

    @Test func `files that can't be mapped are refused with the reason`() async throws {
      let dm = try DM()
      func refusal(_ path: FilePath) throws -> StatsError? {
        let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
        return try file.closeAfter {
          do throws(StatsError) {
            _ = try Filemap.create(dm, file: file)
            return nil
          } catch {
            return error
          }
        }
      }
      #expect(try refusal("/run")?.code == .notRegularFile)
      #expect(try refusal("/dev/null")?.code == .notRegularFile)
      _ = try TestFile("/run/swift-test-plain")
      #expect(try refusal("/run/swift-test-plain")?.code == .notDeviceMapper)
      // The sandbox's own file system.
      _ = try TestFile("/var/tmp/swift-test-overlay")
      let overlay = try refusal("/var/tmp/swift-test-overlay")
      #expect(overlay?.code == .noPhysicalExtents)
      #expect(overlay?.context == .fileSystem("overlay"))
      func expect(
        _ code: StatsError.Code, _ context: StatsError.Context, bytes: Int,
        on fileSystem: TestFileSystem
      ) throws {
        let file = try TestFile(fileSystem.path("data"))
        try file.write(at: 0, count: bytes)
        let error = try refusal(file.path)
        #expect(error?.code == code)
        #expect(error?.context == context)
        #expect(try statistics(fileSystem).regions().isEmpty)
      }
      try await TestFileSystem.with(
        options: ["-O", "inline_data", "-I", "256"], name: "inline"
      ) {
        try expect(.notPlainData, .extent("inline data"), bytes: 20, on: $0)
      }
      try await TestFileSystem.with(.btrfs, name: "btrfs") {
        try expect(.noPhysicalExtents, .fileSystem("btrfs"), bytes: block, on: $0)
      }
      let other = try await TestLoop.sparseDevice(dm, "real-time", length: 655_360)
      let node = "\(try other.device().devnode)"
      try await TestFileSystem.with(
        .xfs, options: ["-d", "rtinherit=1", "-r", "rtdev=\(node)"],
        mountOptions: "rtdev=\(node)", name: "sections"
      ) {
        try expect(
          .noPhysicalExtents, .fileSystem("real-time section of xfs"), bytes: block, on: $0)
      }
    }

    @Test func `an update lists a file of many extents once`() async throws {
      try await TestFileSystem.with(name: "many") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        for index in 0..<3000 { try file.write(at: index * 2 * block, count: block) }
        var filemap = try Filemap.create(fileSystem.dm, file: file.descriptor)
        let members = try statistics(fileSystem).group(filemap.group).members.count
        #expect(members >= 2900)
        try file.write(at: 7000 * block, count: block)
        let update = try filemap.update(file.descriptor)
        #expect(update.created.count == 1)
        #expect(update.deleted.isEmpty)
        try filemap.delete()
      }
    }
  }
}
