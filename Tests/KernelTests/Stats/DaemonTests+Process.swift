import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import Glibc
import SystemPackage
import TestSupport
import Testing

/// What `dmfilemapd` promises as a process.
extension OnKernel.Daemons {
  @Test func `SIGTERM ends it between two steps, and the regions stay`() async throws {
    try await TestFileSystem.with(name: "term") { fileSystem in
      let mapped = try MappedFile(fileSystem)
      let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
      #expect(try await until(.seconds(30)) { daemon.output.contains("Found 0 new") })
      daemon.kill()
      #expect(try await daemon.end() == 128 + SIGTERM)
      #expect(try await mapped.isCovered())
    }
  }

  @Test func `another daemon takes a group over from one that was killed`() async throws {
    try await TestFileSystem.with(name: "killed") { fileSystem in
      let mapped = try MappedFile(fileSystem)
      let first = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
      #expect(try await until(.seconds(30)) { first.output.contains("Found 0 new") })
      first.kill(SIGKILL)
      #expect(try await first.end() == 128 + SIGKILL)
      try mapped.file.write(at: 32 * block, count: 8 * block)
      let second = try Daemon(mapped.file.path, group: mapped.group, mode: .inode)
      #expect(try await mapped.isCovered())
      #expect(second.ended() == nil)
    }
  }

  @Test(arguments: FilemapMode.allCases, ["two words", "a\ttab", "line\nbreak", #"quotes "'`\"#])
  func `a file may have any name`(mode: FilemapMode, name: String) async throws {
    try await TestFileSystem.with(name: "names") { fileSystem in
      let mapped = try MappedFile(
        fileSystem, name, alias: GroupAlias(sanitizing: TargetText(name)))
      let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: mode)
      try mapped.file.write(at: 32 * block, count: block)
      #expect(try await mapped.isCovered())
      #expect(daemon.ended() == nil)
      #expect(daemon.output.contains("path=\"\(mapped.file.path)\""))
    }
  }

  @Test func `in the background it detaches from everything but its file`() async throws {
    try await TestFileSystem.with(name: "background") { fileSystem in
      let mapped = try MappedFile(fileSystem)
      let daemon = BuiltProgram.folder.appending("dmfilemapd")
      // Strangers among the descriptors, and no standard streams at all.
      let started = try await run(
        "sh", "-c",
        """
        exec 8</dev/null 9<"$2"
        "$1" 9 \(mapped.group) "$2" inode 0 1
        "$1" 0 \(mapped.group) "$2" inode <"$2" 1>&- 2>&-
        """, "sh", daemon.string, mapped.file.path.string)
      let lines = started.split(separator: "\n")
      #expect(
        lines.first?.hasPrefix("Starting dmfilemapd with fd=9, group_id=0 mode=inode") == true)
      let prefix = "Started dmfilemapd with pid="
      let process = try #require(lines.last { $0.hasPrefix(prefix) }?.dropFirst(prefix.count))
      let others = try await run("pgrep", "-x", "dmfilemapd").split(separator: "\n")
      #expect(others.count == 2)
      for other in others {
        let folder = "/proc/\(other)"
        let status = try FilePath(folder + "/stat").text().split(separator: " ")
        // The parent is init, the session isn't the caller's, there is no terminal.
        #expect(status[3] == "1")
        #expect(Int(status[5]) != Int(getsid(0)))
        #expect(status[6] == "0")
        #expect(FilePath(folder + "/cwd").linkTarget == "/")
        func links() -> [String] {
          (0..<12).compactMap { FilePath("\(folder)/fd/\($0)").linkTarget }
        }
        // The last that it does about itself is to let go of the descriptor that it was given.
        let hasLetGo = try await until(.seconds(30)) {
          links().filter { $0 == mapped.file.path.string }.count == 1
        }
        #expect(hasLetGo)
        let open = links()
        #expect(open.filter { $0.hasPrefix("/dev/mapper") }.count == 1)
        #expect(open.filter { $0.hasPrefix("anon_inode") }.count == 1)
        #expect(open.count == 6)
        if other != process { #expect(open.filter { $0 == "/dev/null" }.count == 3) }
      }
      try mapped.file.write(at: 32 * block, count: block)
      #expect(try await mapped.isCovered())
      try mapped.statistics.deleteGroup(mapped.group)
      #expect(
        try await until(.seconds(30)) {
          others.allSatisfy { FilePath("/proc/\($0)/exe").kind == nil }
        })
    }
  }

  @Test func `it costs next to nothing while nothing happens`() async throws {
    try await TestFileSystem.with(name: "idle") { fileSystem in
      let mapped = try MappedFile(fileSystem)
      let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode, verbose: 3)
      #expect(try await until(.seconds(30)) { daemon.output.contains("Found 0 new") })
      try await Task.sleep(for: .seconds(1))
      let before = daemon.output.split(separator: "\n").count { $0.hasPrefix("exiting") }
      try await Task.sleep(for: .seconds(4))
      let looks = daemon.output.split(separator: "\n").count { $0.hasPrefix("exiting") } - before
      #expect(looks >= 3)
      #expect(looks <= 6)
    }
  }

  @Test func `a busy file is compared twice a second at most`() async throws {
    try await TestFileSystem.with(name: "busy") { fileSystem in
      let mapped = try MappedFile(fileSystem)
      let daemon = try Daemon(mapped.file.path, group: mapped.group, mode: .inode, verbose: 2)
      #expect(try await until(.seconds(30)) { daemon.output.contains("Found 0 new") })
      let before = daemon.output.split(separator: "\n").count { $0.hasPrefix("Updating") }
      let start = ContinuousClock.now
      var written = 0
      while ContinuousClock.now - start < .seconds(3) {
        try mapped.file.write(at: (32 + written * 2) * block, count: block)
        written += 1
        try await Task.sleep(for: .milliseconds(10))
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let updates =
        daemon.output.split(separator: "\n").count { $0.hasPrefix("Updating") } - before
      #expect(updates >= 2)
      #expect(Double(updates) <= seconds * 2 + 1)
      #expect(
        try await mapped.isCovered(), "\(daemon.error) \(mapped.difference())")
    }
  }
}
