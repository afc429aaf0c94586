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
    let block = MappedFile.block

    private func unlink(_ path: FilePath) throws {
      try Errno.check(unsafe Glibc.unlink(path.string))
    }

    /// Waits until a daemon has looked at its file for the first time.
    func hasStarted(_ daemon: Daemon) async throws -> Bool {
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
