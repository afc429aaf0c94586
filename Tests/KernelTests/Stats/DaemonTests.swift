import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import Glibc
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// What `dmfilemapd` promises, in both modes.
  @Suite(.kernel(.linear)) struct Daemons {
    let block = MappedFile.block

    private func rename(_ old: FilePath, _ new: FilePath) throws {
      try Errno.check(unsafe Glibc.rename(old.string, new.string))
    }

    private func unlink(_ path: FilePath) throws {
      try Errno.check(unsafe Glibc.unlink(path.string))
    }

    @Test(
      .kernel(.striped, .thinPool),
      arguments: TestFileSystem.Kind.mappable, TestFileSystem.Layers.allCases)
    func `regions follow what is written, punched, allocated and cut off, in both modes`(
      kind: TestFileSystem.Kind, layers: TestFileSystem.Layers
    ) async throws {
      try await TestFileSystem.with(kind, on: layers, name: "follow") { fileSystem in
        let followed = try FilemapMode.allCases.map { mode in
          let mapped = try MappedFile(
            fileSystem, mode.rawValue, alias: try GroupAlias(mode.rawValue))
          return (mapped, try Daemon(mapped.file.path, group: mapped.group, mode: mode))
        }
        let changes: [(TestFile) async throws -> Void] = [
          // A hole, so that pieces don't join.
          { try $0.write(at: 32 * block, count: 16 * block) },
          { try await $0.punch(at: 4 * block, count: 4 * block) },
          { try await $0.allocate(at: 100 * block, count: 10 * block) },
          {
            try await $0.allocate(at: 110 * block, count: 10 * block, "--keep-size")
            try $0.truncate(to: 40 * block)
          },
        ]
        for change in changes {
          for (mapped, _) in followed { try await change(mapped.file) }
          for (mapped, _) in followed {
            #expect(try await mapped.isCovered(), "\(mapped.difference())")
          }
        }
        for (mapped, daemon) in followed {
          #expect(daemon.ended() == nil)
          try mapped.statistics.deleteGroup(try #require(try mapped.found()).id)
          #expect(try await daemon.end() == 0)
          #expect(daemon.lines.last == "Filemap group removed: exiting.")
          // One group may get a number that the other has just given up.
          let said = daemon.error.split(separator: "\n")
          #expect(said.allSatisfy { $0.hasPrefix("group_id changed from ") }, "\(said)")
        }
      }
    }

    @Test func `a group that is being deleted gets nothing back`() async throws {
      try await TestFileSystem.with(name: "deleted") { fileSystem in
        let mapped = try MappedFile(fileSystem, blocks: (0..<30).map { 2 * $0..<2 * $0 + 1 })
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
        #expect(try await mapped.isCovered())
        let group = try #require(try mapped.found())
        // As every program deletes a group, but slowly; the daemon has a reason to look, meanwhile.
        for region in group.members.reversed() {
          try mapped.statistics.delete(region.id)
          try mapped.file.write(at: 100 * block, count: block)
          try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try await daemon.end() == 0)
        #expect(daemon.lines.last == "Filemap group removed: exiting.")
        #expect(daemon.error == "")
        #expect(try mapped.statistics.regions().isEmpty)
      }
    }

    @Test(arguments: zip(FilemapMode.allCases, TestFileSystem.Kind.mappable))
    func `writes through memory are noticed`(
      mode: FilemapMode, kind: TestFileSystem.Kind
    ) async throws {
      try await TestFileSystem.with(kind, name: "memory") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        try mapped.file.truncate(to: 64 * block)
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: mode)
        #expect(try await mapped.isCovered())
        let memory = unsafe try #require(
          mmap(
            nil, 64 * block, PROT_READ | PROT_WRITE, MAP_SHARED, mapped.file.descriptor.rawValue, 0)
        )
        for page in stride(from: 20, to: 40, by: 2) {
          unsafe memory.storeBytes(of: 1, toByteOffset: page * block, as: UInt8.self)
        }
        #expect(
          try await until(.seconds(30)) { try (mapped.covered()?.count ?? 0) >= (16 + 10) * 8 })
        #expect(try await mapped.isCovered())
        unsafe munmap(memory, 64 * block)
        #expect(daemon.ended() == nil)
      }
    }

    @Test func `a group that gets another number is followed`() async throws {
      try await TestFileSystem.with(name: "leader") { fileSystem in
        var mapped = try MappedFile(fileSystem, blocks: [0..<4, 8..<12, 16..<20])
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
        #expect(try await until(.seconds(30)) { daemon.output.contains("Found 0 new") })
        // Its leader goes,
        try await mapped.file.punch(at: 0, count: 4 * block)
        mapped.group = 1
        #expect(try await mapped.isCovered())
        // and a new region gets the number that is free.
        try mapped.file.write(at: 32 * block, count: block)
        mapped.group = 0
        #expect(try await mapped.isCovered())
        let changes = "group_id changed from 0 to 1\ngroup_id changed from 1 to 0\n"
        #expect(try await until(.seconds(30)) { daemon.error == changes })
        try mapped.statistics.deleteGroup(mapped.group)
        #expect(try await daemon.end() == 0)
      }
    }

    @Test(arguments: TestFileSystem.Kind.mappable)
    func `by inode, a file is followed wherever it is moved to`(
      kind: TestFileSystem.Kind
    ) async throws {
      try await TestFileSystem.with(kind, name: "moved") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
        unsafe mkdir(fileSystem.path("folder").string, 0o755)
        try rename(mapped.file.path, fileSystem.path("folder/other"))
        try mapped.file.write(at: 32 * block, count: block)
        #expect(try await mapped.isCovered())
        #expect(daemon.ended() == nil)
      }
    }

    /// How a path loses its file, which this process has open.
    enum Loss: CaseIterable { case moved, unlinked, unlinkedWithAnotherName }

    @Test(arguments: zip(Loss.allCases, [.ext4, .xfs, .ext4] as [TestFileSystem.Kind]))
    func `by path, a file that is no longer there is the end after a second`(
      loss: Loss, kind: TestFileSystem.Kind
    ) async throws {
      try await TestFileSystem.with(kind, name: "away") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .path)
        #expect(try await until(.seconds(30)) { daemon.output.contains("Found 0 new") })
        let other = fileSystem.path("other")
        if loss == .unlinkedWithAnotherName {
          try Errno.check(unsafe link(mapped.file.path.string, other.string))
        }
        let start = ContinuousClock.now
        if loss == .moved {
          try rename(mapped.file.path, other)
        } else {
          try unlink(mapped.file.path)
        }
        #expect(try await daemon.end() == 1)
        #expect(ContinuousClock.now - start >= .seconds(1))
        #expect(daemon.lines.last == "Waiting for unlinked path")
        #expect(daemon.error == "Could not re-open file descriptor.\nExiting\n")
        #expect(try mapped.covered() != nil)
      }
    }

    @Test func `by path, a file may be away for less than a second`() async throws {
      try await TestFileSystem.with(name: "back") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .path)
        #expect(try await until(.seconds(30)) { daemon.output.contains("Found 0 new") })
        try rename(mapped.file.path, fileSystem.path("other"))
        #expect(
          try await until(.seconds(30)) { daemon.output.contains("Waiting for unlinked path") })
        try rename(fileSystem.path("other"), mapped.file.path)
        try mapped.file.write(at: 32 * block, count: block)
        #expect(try await mapped.isCovered())
        try await Task.sleep(for: .seconds(1.5))
        #expect(daemon.ended() == nil)
      }
    }

    @Test func `by path, an empty file may get its data a moment later`() async throws {
      try await TestFileSystem.with(name: "later") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .path)
        #expect(try await until(.seconds(30)) { daemon.output.contains("Found 0 new") })
        try unlink(mapped.file.path)
        let other = try TestFile(mapped.file.path, direct: true)
        try await Task.sleep(for: .milliseconds(300))
        try other.write(at: 0, count: 8 * block)
        #expect(try await mapped.isCovered(other))
        #expect(daemon.ended() == nil)
      }
    }

    @Test func `by inode, a file whose place another takes is followed while it is open`()
      async throws
    {
      try await TestFileSystem.with(.xfs, name: "taken") { fileSystem in
        let (path, group) = try MappedFile.closed(fileSystem)
        let daemon = try Daemon(path, group: group, mode: .inode)
        #expect(try await until(.seconds(30)) { daemon.output.contains("Found 0 new") })
        do {
          let file = try TestFile(path, direct: true)
          let other = try TestFile(fileSystem.path("other"), direct: true)
          try other.write(at: 0, count: 2 * block)
          try rename(other.path, path)
          try file.write(at: 32 * block, count: block)
          #expect(try await MappedFile(fileSystem, file, group: group).isCovered())
          #expect(daemon.ended() == nil)
        }
        #expect(try await daemon.end() == 0)
        #expect(daemon.lines.last == "File unlinked and closed: exiting.")
      }
    }

    @Test func `by inode, an unlinked file that nobody has open is the end`() async throws {
      try await TestFileSystem.with(name: "unlinked") { fileSystem in
        let (path, group) = try MappedFile.closed(fileSystem)
        let daemon = try Daemon(path, group: group, mode: .inode)
        #expect(try await until(.seconds(30)) { daemon.output.contains("Found 0 new") })
        try unlink(path)
        #expect(try await daemon.end() == 0)
        #expect(daemon.lines.last == "File unlinked and closed: exiting.")
        // As the C daemon does, it leaves the regions.
        let statistics = Statistics(fileSystem.dm, .device(fileSystem.device))
        #expect(try statistics.groups().map(\.id) == [group])
      }
    }
  }
}
