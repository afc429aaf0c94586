import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import Glibc
import SystemPackage
import TestSupport
import Testing

/// What the C daemon does wrong when it starts, ends or says what it does.
extension OnKernel.DaemonDefects {
  @Test func `8: what was written before the start is mapped`() async throws {
    try await TestFileSystem.with(name: "before") { fileSystem in
      let mapped = try MappedFile(fileSystem)
      try mapped.file.write(at: 32 * block, count: 8 * block)
      let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
      #expect(try await mapped.isCovered())
      #expect(daemon.ended() == nil)
    }
  }

  @Test(arguments: FilemapMode.allCases)
  func `9: a file cut off to nothing is the end, without regions`(
    mode: FilemapMode
  ) async throws {
    try await TestFileSystem.with(name: "empty") { fileSystem in
      let mapped = try MappedFile(fileSystem, blocks: [0..<4, 8..<12])
      let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: mode)
      #expect(try await hasStarted(daemon))
      try mapped.file.truncate(to: 0)
      #expect(try await daemon.end() == 0)
      #expect(daemon.lines.last == "File contains no extents: exiting.")
      #expect(daemon.error == "")
      #expect(try mapped.statistics.regions().isEmpty)
    }
  }

  @Test(arguments: [0, 1, 7, 4_000_000_000] as [UInt32])
  func `10: a group that isn't there is a clean end`(number: UInt32) async throws {
    try await TestFileSystem.with(name: "missing") { fileSystem in
      let file = try TestFile(fileSystem.path("data"), direct: true)
      try file.write(at: 0, count: block)
      let statistics = Statistics(fileSystem.dm, .device(fileSystem.device))
      // No regions at all, and a region that leads no group.
      for hasRegion in [false, true] {
        if hasRegion { _ = try statistics.createRegion(NewRegion()) }
        let daemon = try Daemon(
          file.path, group: GroupId(rawValue: number), mode: .inode, verbose: 1)
        #expect(try await daemon.end() == 0)
        #expect(daemon.lines.last == "Filemap group removed: exiting.")
        #expect(daemon.error == "")
      }
    }
  }

  @Test func `10: a file on no device-mapper device is an error`() async throws {
    let path: FilePath = "/run/swift-test-plain"
    _ = try TestFile(path)
    let daemon = try Daemon(path, group: 0, mode: .inode, verbose: 0)
    #expect(try await daemon.end() == 1)
    #expect(daemon.output == "")
    let lines = daemon.error.split(separator: "\n")
    #expect(lines.first?.contains("not on a device-mapper device") == true)
    #expect(
      lines.dropFirst() == ["Could not bind dm_stats handle to file descriptor 3", "Exiting"])
  }

  @Test func `11: other programs' regions, and gaps between them, are no trouble`() async throws {
    try await TestFileSystem.with(name: "others") { fileSystem in
      let statistics = Statistics(fileSystem.dm, .device(fileSystem.device))
      let other = try #require(ProgramId("other"))
      for _ in 0..<200 { _ = try statistics.createRegion(NewRegion(program: other)) }
      for id in stride(from: 0, to: 200, by: 7) {
        try statistics.delete(RegionId(rawValue: UInt32(id)))
      }
      let before = try statistics.regions(of: other)
      let mapped = try MappedFile(fileSystem, blocks: [0..<4, 8..<12, 16..<20])
      #expect(mapped.group == 0)
      let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
      #expect(try await hasStarted(daemon))
      for index in 3..<40 { try mapped.file.write(at: index * 8 * block, count: 4 * block) }
      #expect(try await mapped.isCovered())
      try await mapped.file.punch(at: 24 * block, count: 200 * block)
      #expect(try await mapped.isCovered())
      #expect(try statistics.regions(of: other) == before)
      #expect(daemon.ended() == nil)
    }
  }

  @Test func `12: each level says more than the one below`() async throws {
    try await TestFileSystem.with(name: "levels") { fileSystem in
      let mapped = try MappedFile(fileSystem)
      let daemons = try (0...3).map {
        try Daemon(mapped.file.path, group: mapped.group, mode: .inode, verbose: $0)
      }
      #expect(try await hasStarted(daemons[2]))
      try mapped.file.write(at: 32 * block, count: block)
      #expect(try await mapped.isCovered())
      try await Task.sleep(for: .seconds(2))
      try mapped.statistics.deleteGroup(mapped.group)
      var kinds: [Set<String>] = []
      for daemon in daemons {
        #expect(try await daemon.end() == 0)
        #expect(daemon.error == "")
        // The first word tells the kinds of messages apart.
        kinds.append(
          Set(daemon.output.split(separator: "\n").map { String($0.prefix { $0 != " " }) }))
      }
      #expect(kinds[0].isEmpty)
      #expect(kinds[1] == ["Starting", "Filemap"])
      #expect(kinds[2] == ["Starting", "Filemap", "Updating", "Kept", "Found", "exiting"])
      #expect(kinds[3].isStrictSuperset(of: kinds[2]))
    }
  }

  @Test func `12: the last two arguments may be left out`() async throws {
    try await TestFileSystem.with(name: "optional") { fileSystem in
      let mapped = try MappedFile(fileSystem)
      let quiet = try Daemon(
        mapped.file.path, group: mapped.group, mode: .inode, verbose: nil)
      try mapped.file.write(at: 32 * block, count: block)
      #expect(try await mapped.isCovered())
      #expect(quiet.output == "")
      let program = BuiltProgram.folder.appending("dmfilemapd").string
      try await run(
        "sh", "-c", #"exec "$1" 3 "$3" "$2" inode 3<"$2""#, "sh", program,
        mapped.file.path.string, "\(mapped.group)")
      #expect(try await run("pgrep", "-x", "dmfilemapd").split(separator: "\n").count == 2)
      try mapped.statistics.deleteGroup(mapped.group)
      #expect(try await quiet.end() == 0)
      #expect(
        try await until(.seconds(30)) { try Daemon.running() == 0 })
    }
  }
}
