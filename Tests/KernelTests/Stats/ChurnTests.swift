import DeviceMapperTargets
import FilemapStats
import Glibc
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// An hour of changes in some seconds.
  @Suite(.kernel(.linear)) struct DaemonChurn {
    private let block = MappedFile.block

    @Test(arguments: FilemapMode.allCases)
    func `nothing grows, and whoever comes after a kill goes on`(mode: FilemapMode) async throws {
      try await TestFileSystem.with(name: "churn") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        var file = mapped.file
        var daemon = try Daemon(file.path, group: mapped.group, mode: mode, verbose: 1)
        var before: (descriptors: [String], memory: Int)?
        for round in 0..<32 {
          switch round % 4 {
          case 0: for index in 0..<40 { try file.write(at: index * 4 * block, count: block) }
          case 1: try await file.punch(at: 8 * block, count: 100 * block)
          case 2: try file.truncate(to: 4 * block)
          default:
            if mode == .path {
              let other = try TestFile(fileSystem.path("other"), direct: true)
              try other.write(at: 0, count: 8 * block)
              try Errno.check(
                unsafe rename(other.path.string, file.path.string))
              file = try TestFile(file.path, direct: true)
            } else {
              try file.write(at: 0, count: 200 * block)
            }
          }
          #expect(try await mapped.isCovered(file), "round \(round): \(mapped.difference(file))")
          switch round {
          case 11: before = (try daemon.descriptors(), try daemon.memory())
          case 23:
            #expect(try daemon.descriptors() == before?.descriptors)
            #expect(try daemon.memory() <= (before?.memory ?? 0) + 128)
            daemon.kill(SIGKILL)
            #expect(try await daemon.end() == 128 + SIGKILL)
            daemon = try Daemon(file.path, group: mapped.group, mode: mode, verbose: 1)
          default: break
          }
        }
        #expect(daemon.ended() == nil)
        #expect(daemon.error == "")
        // All regions are the group's: none was forgotten on the way.
        let members = try mapped.statistics.group(mapped.group).members.map(\.id)
        #expect(try mapped.statistics.regions().map(\.id) == members)
      }
    }

    @Test func `an hour of changes, one a second, leaves nothing behind`() async throws {
      try await TestFileSystem.with(name: "hour") { fileSystem in
        let mapped = try MappedFile(fileSystem)
        // As often as the file changes, which it does a hundred times as often as in a real hour.
        let monitor = try FilemapMonitor(
          fileSystem.dm, file: mapped.file.descriptor, path: mapped.file.path,
          group: mapped.group, mode: .inode,
          settings: FilemapSettings(interval: .milliseconds(10)))
        var (changes, halfway) = (0, 0)
        var seen: [(descriptors: Int, memory: Int)] = []
        for await event in monitor.events() {
          switch event {
          case .updated(let update) where changes > 0 && update.isEmpty:
            // A change is under way: blocks come before the file's end is behind them, and go after it.
            halfway += 1
          case .updated(let update):
            if changes % 3000 == 600 {
              seen.append(
                (try FilePath("/proc/self/fd").entries().count, try Daemon.memory(of: getpid())))
            }
            if changes == 3600 { try mapped.statistics.deleteGroup(update.group ?? mapped.group) }
            // More at one place or another, and away again.
            if changes % 2 == 0 {
              try mapped.file.write(at: (32 + changes % 200) * block, count: block)
            } else {
              try mapped.file.truncate(to: 16 * block)
            }
            changes += 1
          case .found, .looked, .ended(.groupRemoved): break
          default: Issue.record("\(event)")
          }
        }
        #expect(changes > 3600)
        #expect(halfway < changes / 10)
        #expect(seen.count == 2)
        #expect(seen[1].descriptors == seen[0].descriptors)
        #expect(seen[1].memory <= seen[0].memory + 512)
        #expect(try mapped.statistics.regions().isEmpty)
      }
    }
  }
}
