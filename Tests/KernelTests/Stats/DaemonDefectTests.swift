import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import Glibc
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// What the C daemon does wrong, each seen there, and ours must not.
  @Suite(.kernel(.linear)) struct DaemonDefects {
    private let block = MappedFile.block

    private func unlink(_ path: FilePath) throws {
      try Errno.check(unsafe Glibc.unlink(path.string))
    }

    /// Waits until a daemon has looked at its file for the first time.
    private func hasStarted(_ daemon: Daemon) async throws -> Bool {
      try await until(.seconds(30)) { daemon.output.contains("Kept ") }
    }

    @Test func `1: nothing is leaked in path mode`() async throws {
      try await TestFileSystem.with(name: "leak") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .path)
        #expect(try await hasStarted(daemon))
        let before = try daemon.descriptors()
        for round in 1...6 {
          let other = try TestFile(fileSystem.path("other"), direct: true)
          try other.write(at: 0, count: round * block)
          try Errno.check(
            unsafe Glibc.rename(other.path.string, mapped.file.path.string))
          #expect(try await mapped.isCovered(other))
        }
        // The old file is closed, too.
        #expect(try daemon.descriptors() == before)
        #expect(before.filter { $0.hasPrefix("anon_inode") }.count == 1)
      }
    }

    @Test(arguments: [true, false])
    func `2: a file put in the place of another is followed by path`(
      byRename: Bool
    ) async throws {
      try await TestFileSystem.with(name: "replace") { fileSystem in
        let mapped = try MappedFile(fileSystem, blocks: [0..<4, 8..<12, 16..<20])
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .path)
        #expect(try await hasStarted(daemon))
        let other: TestFile
        if byRename {
          other = try TestFile(fileSystem.path("other"), direct: true)
          try other.write(at: 0, count: 6 * block)
          try Errno.check(
            unsafe Glibc.rename(other.path.string, mapped.file.path.string))
        } else {
          try unlink(mapped.file.path)
          other = try TestFile(mapped.file.path, direct: true)
          try other.write(at: 0, count: 6 * block)
        }
        #expect(try await mapped.isCovered(other))
        let replaced = "File at path replaced: following the new one."
        #expect(try await until(.seconds(30)) { daemon.lines.contains(replaced) })
        #expect(daemon.ended() == nil)
      }
    }

    /// Who else may have a file open.
    enum Holder: CaseIterable {
      case descriptor, memory, loopDevice

      /// Opens a file, and returns what lets go of it.
      func hold(_ path: FilePath) async throws -> () async throws -> Void {
        if self == .loopDevice {
          let loop = String(try await run("losetup", "-f", "--show", path.string).dropLast())
          return { try await run("losetup", "-d", loop) }
        }
        // This process is another than the daemon.
        let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
        if self == .descriptor { return { try file.close() } }
        return try file.closeAfter {
          let memory = unsafe mmap(
            nil, MappedFile.block, PROT_READ, MAP_SHARED, file.rawValue, 0)
          guard unsafe memory != MAP_FAILED else { throw Errno(rawValue: errno) }
          let address = Int(bitPattern: memory)
          return {
            unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), MappedFile.block)
          }
        }
      }
    }

    @Test(arguments: Holder.allCases)
    func `3: an unlinked file is followed while somebody else has it open`(
      holder: Holder
    ) async throws {
      try await TestFileSystem.with(name: "holder") { fileSystem in
        let (path, group) = try MappedFile.closed(fileSystem)
        let daemon = try Daemon(path, group: group, mode: .inode)
        #expect(try await hasStarted(daemon))
        let letGo = try await holder.hold(path)
        try unlink(path)
        #expect(
          try await until(.seconds(30)) {
            daemon.lines.contains("File unlinked and open: continuing.")
          })
        try await Task.sleep(for: .seconds(2))
        #expect(daemon.ended() == nil)
        try await letGo()
        #expect(try await daemon.end() == 0)
        #expect(daemon.lines.last == "File unlinked and closed: exiting.")
      }
    }

    @Test func `4: a file with another name is followed by inode`() async throws {
      try await TestFileSystem.with(name: "links") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        let other = fileSystem.path("other")
        try Errno.check(unsafe link(mapped.file.path.string, other.string))
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
        #expect(try await hasStarted(daemon))
        try unlink(mapped.file.path)
        try await Task.sleep(for: .seconds(2))
        #expect(daemon.ended() == nil)
        try mapped.file.write(at: 32 * block, count: block)
        #expect(try await mapped.isCovered())
      }
    }

    @Test func `5: neither a name that says deleted nor an unreachable path confuses it`()
      async throws
    {
      try await TestFileSystem.with(name: "deleted") { fileSystem in
        let mapped = try MappedFile(fileSystem, "data (deleted)")
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
        // As in another mount namespace: there is nothing at the path that the daemon is told.
        let second = try Daemon(
          mapped.file.path, group: mapped.group, mode: .inode, path: "/nowhere/data")
        #expect(try await hasStarted(daemon))
        #expect(try await hasStarted(second))
        try mapped.file.write(at: 32 * block, count: block)
        #expect(try await mapped.isCovered())
        try await Task.sleep(for: .seconds(2))
        #expect(daemon.ended() == nil)
        #expect(second.ended() == nil)
      }
    }

    @Test func `6: a sparse file may be written in any order`() async throws {
      try await TestFileSystem.with(name: "sparse") { fileSystem in
        // The first extent in the file is allocated last.
        let mapped = try MappedFile(fileSystem, blocks: [32..<36, 16..<20, 8..<12])
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
        #expect(try await hasStarted(daemon))
        try mapped.file.write(at: 0, count: 2 * block)
        #expect(try await mapped.isCovered())
        try await Task.sleep(for: .seconds(1))
        #expect(daemon.ended() == nil)
        #expect(daemon.error == "")
      }
    }

    @Test func `7: changes that leave the number of blocks are noticed`() async throws {
      try await TestFileSystem.with(name: "equal") { fileSystem in
        let mapped = try MappedFile(fileSystem, blocks: [0..<64])
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
        #expect(try await hasStarted(daemon))
        let before = try FileStatusBlocks.of(mapped.file)
        try await mapped.file.punch(at: 8 * block, count: 8 * block)
        try mapped.file.write(at: 100 * block, count: 8 * block)
        #expect(try FileStatusBlocks.of(mapped.file) == before)
        #expect(try await mapped.isCovered())
        #expect(daemon.ended() == nil)
      }
    }

    @Test func `7: a write to a shared extent is noticed`() async throws {
      try await TestFileSystem.with(.xfs, name: "shared") { fileSystem in
        let mapped = try MappedFile(fileSystem, blocks: [0..<64])
        try await run(
          "cp", "--reflink=always", mapped.file.path.string, fileSystem.path("copy").string)
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
        #expect(try await hasStarted(daemon))
        let before = try mapped.covered()
        try mapped.file.write(at: 8 * block, count: 8 * block)
        #expect(try await mapped.isCovered())
        #expect(try mapped.covered() != before)
      }
    }

    @Test func `7: an online defragmentation is noticed`() async throws {
      try await TestFileSystem.with(name: "defrag") { fileSystem in
        // Blocks of another file between the file's own.
        let other = try TestFile(fileSystem.path("other"), direct: true)
        let file = try TestFile(fileSystem.path("data"), direct: true)
        for index in 0..<32 {
          try file.write(at: index * block, count: block)
          try other.write(at: index * block, count: block)
        }
        let mapped = try MappedFile(fileSystem, blocks: [])
        let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
        #expect(try await hasStarted(daemon))
        let before = try mapped.covered()
        try await run("e4defrag", mapped.file.path.string)
        // There may be no sign of it at all, and then only a look without one shows it.
        #expect(try await mapped.isCovered(within: .seconds(20)))
        #expect(try mapped.covered() != before)
        #expect(daemon.ended() == nil)
      }
    }

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
}

/// The number of blocks that a file has.
enum FileStatusBlocks {
  static func of(_ file: TestFile) throws -> Int {
    var status = stat()
    try Errno.check(unsafe fstat(file.descriptor.rawValue, &status))
    return Int(status.st_blocks)
  }
}
