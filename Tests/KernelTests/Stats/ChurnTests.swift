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
  }
}
