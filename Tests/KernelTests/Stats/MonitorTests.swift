import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import Glibc
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// A file followed by a task of this process, and the call that has a daemon do it.
  @Suite(.kernel(.linear)) struct Monitors {
    private let block = MappedFile.block

    private func monitor(
      _ mapped: MappedFile, _ mode: FilemapMode,
      settings: FilemapSettings = FilemapSettings(interval: .milliseconds(50))
    ) throws -> FilemapMonitor {
      try FilemapMonitor(
        mapped.fileSystem.dm, file: mapped.file.descriptor, path: mapped.file.path,
        group: mapped.group, mode: mode, settings: settings)
    }

    @Test func `a monitor tells what it does, up to the end`() async throws {
      try await TestFileSystem.with(name: "tells") { fileSystem in
        let mapped = try MappedFile(fileSystem, alias: try GroupAlias("data"))
        let (file, statistics, group) = (mapped.file, mapped.statistics, mapped.group)
        var told: [String] = []
        for await event in try monitor(mapped, .inode).events() {
          switch event {
          case .found(let found, let alias):
            told.append("found \(found) \(alias?.description ?? "")")
          case .updated(let update) where update.isEmpty:
            told.append("unchanged")
            try file.write(at: 32 * block, count: 8 * block)
          case .updated(let update):
            #expect(update.created.map(\.range.length).reduce(0, +) == 64)
            told.append("updated")
            try statistics.deleteGroup(group)
          case .ended(let end): told.append("\(end)")
          case .looked: break
          default: told.append("\(event)")
          }
        }
        #expect(told == ["found 0 data", "unchanged", "updated", "groupRemoved"])
      }
    }

    @Test func `a monitor that is cancelled ends at once, and the regions stay`() async throws {
      try await TestFileSystem.with(name: "cancel") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        let monitor = try monitor(mapped, .path)
        let task = Task { try await monitor.run() }
        try mapped.file.write(at: 32 * block, count: block)
        #expect(try await mapped.isCovered())
        let start = ContinuousClock.now
        task.cancel()
        #expect(try await task.value == .cancelled)
        #expect(ContinuousClock.now - start < .milliseconds(700))
        #expect(try mapped.covered() != nil)
      }
    }

    @Test func `who follows by path gets another file and the end`() async throws {
      try await TestFileSystem.with(name: "another") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        let monitor = try monitor(mapped, .path)
        let path = mapped.file.path
        let task = Task { try await monitor.run() }
        let other = try TestFile(fileSystem.path("other"), direct: true)
        try other.write(at: 0, count: 4 * block)
        try Errno.check(unsafe rename(other.path.string, path.string))
        #expect(try await mapped.isCovered(other))
        try Errno.check(unsafe unlink(path.string))
        #expect(try await task.value == .pathMissing)
      }
    }

    @Test(arguments: FilemapMode.allCases)
    func `a daemon is started, and runs when the call returns`(mode: FilemapMode) async throws {
      try await TestFileSystem.with(name: "start") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        try withPath(BuiltProgram.folder) {
          try startFilemapd(
            fd: mapped.file.descriptor, group: mapped.group, path: mapped.file.path, mode: mode)
        }
        #expect(try Daemon.running() == 1)
        try mapped.file.write(at: 32 * block, count: block)
        #expect(try await mapped.isCovered())
        try mapped.statistics.deleteGroup(mapped.group)
        #expect(try await until(.seconds(30)) { try Daemon.running() == 0 })
      }
    }

    @Test func `a daemon that can't start is an error with the reason`() throws {
      let plain = try TestFile("/run/swift-test-plain")
      func start() throws {
        try startFilemapd(fd: plain.descriptor, group: 0, path: plain.path, mode: .inode)
      }
      let missing = #expect(throws: StatsError.self) { try withPath("/nowhere", start) }
      #expect(missing?.code == .notStarted)
      #expect(missing?.errno == .noSuchFileOrDirectory)
      let refused = #expect(throws: StatsError.self) {
        try withPath(BuiltProgram.folder, start)
      }
      #expect(refused?.code == .notStarted)
      #expect(refused?.context == .status(1))
    }

    /// Sets `PATH` for a moment.
    private func withPath(_ path: FilePath, _ body: () throws -> Void) rethrows {
      let before = unsafe getenv("PATH").map { unsafe String(cString: $0) }
      unsafe setenv("PATH", path.string, 1)
      defer { unsafe setenv("PATH", before ?? "", 1) }
      try body()
    }
  }

  @Suite(.kernel(.linear)) struct RatesOverTime {
    private let block = MappedFile.block

    @Test func `each sample has what was counted in it, new regions included`() async throws {
      try await TestFileSystem.with(name: "rates") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        var filemap = Filemap(mapped.statistics, group: mapped.group)
        var samples = mapped.statistics.rates(of: mapped.group, every: .milliseconds(50))
          .makeAsyncIterator()
        #expect(try await samples.next()?.counters.requests == 0)
        try mapped.file.read(at: 0, count: 2 * block)
        let read = try #require(try await samples.next())
        #expect(read.counters.sectorsRead == 16)
        #expect(read.bytesReadPerSecond > 0)
        #expect(try await samples.next()?.counters.requests == 0)

        try mapped.file.write(at: 32 * block, count: block)
        try filemap.update(mapped.file.descriptor)
        try mapped.file.write(at: 32 * block, count: block)
        #expect(try await samples.next()?.counters.sectorsWritten == 8)

        // Somebody else clears the counters.
        try mapped.statistics.clear(mapped.group.leader)
        try mapped.file.read(at: 0, count: block)
        #expect(try await samples.next()?.counters.sectorsRead == 8)

        // The leader goes, and the group gets another number.
        try await mapped.file.punch(at: 0, count: 16 * block)
        try filemap.update(mapped.file.descriptor)
        #expect(filemap.group != mapped.group)
        try mapped.file.read(at: 32 * block, count: block)
        #expect(try await samples.next()?.counters.sectorsRead == 8)

        try filemap.delete()
        #expect(try await samples.next() == nil)
      }
    }

    @Test func `a region has rates of its own, until the task is cancelled`() async throws {
      try await TestFileSystem.with(name: "region") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        let samples = mapped.statistics.rates(of: mapped.group.leader, every: .milliseconds(20))
        let task = Task {
          var count = 0
          for try await _ in samples { count += 1 }
          return count
        }
        try await Task.sleep(for: .milliseconds(400))
        task.cancel()
        #expect(try await task.value > 1)
      }
    }
  }
}
