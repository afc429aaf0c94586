import SystemPackage
import Testing

@testable import FilemapStats

struct FileSystemTests {
  /// The tests' own program, and another file.
  private static let paths: [FilePath] = ["/proc/self/exe", "/etc/passwd"]

  private static func status(_ path: FilePath) throws -> FileStatus {
    try #require(FileStatus(at: path))
  }

  @Test(.enabled("files have a time of creation") { try Self.status(paths[0]).identity != nil })
  func `a file is asked once where it is`() throws {
    let status = try Self.status(Self.paths[0])
    let other = try Self.status(Self.paths[1])
    let file = try FileDescriptor.open(Self.paths[0], .readOnly, options: [.closeOnExec])
    let fileSystem = try file.closeAfter { try FileSystem(of: file, status) }
    // A descriptor of no file, which can't be asked.
    let nothing = FileDescriptor(rawValue: -1)
    #expect(try FileSystem(of: nothing, status, known: fileSystem) == fileSystem)
    let error = #expect(throws: StatsError.self) {
      try FileSystem(of: nothing, other, known: fileSystem)
    }
    #expect(error?.errno == .badFileDescriptor)
    #expect(throws: StatsError.self) { try FileSystem(of: nothing, status) }
  }

  @Test func `a file has the status that its path has`() throws {
    let file = try FileDescriptor.open(Self.paths[1], .readOnly, options: [.closeOnExec])
    let status = try file.closeAfter { try FileStatus(of: file) }
    #expect(try status == Self.status(Self.paths[1]))
    #expect(FileStatus(at: "/nothing/here") == nil)
    let folder = try Self.status("/proc")
    #expect(!folder.isRegularFile)
  }
}
