import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import SystemPackage
import Testing

/// A file with a group that maps it.
struct MappedFile {
  static let block = 4096

  let fileSystem: TestFileSystem
  let file: TestFile
  var group: GroupId
  /// The name of the group, by which it is found whatever number it gets.
  var alias: GroupAlias?

  /// Writes pieces of a file, in this order, and maps it.
  init(
    _ fileSystem: TestFileSystem, _ name: String = "data", blocks: [Range<Int>] = [0..<16],
    alias: GroupAlias? = nil
  ) throws {
    self.fileSystem = fileSystem
    self.alias = alias
    file = try TestFile(fileSystem.path(name), direct: true)
    for blocks in blocks {
      try file.write(at: blocks.lowerBound * Self.block, count: blocks.count * Self.block)
    }
    group = try Filemap.create(
      fileSystem.dm, file: file.descriptor, options: FilemapOptions(alias: alias)
    ).group
  }

  /// A file for which there is a group already, or will be.
  init(_ fileSystem: TestFileSystem, _ file: TestFile, group: GroupId) {
    self.fileSystem = fileSystem
    self.file = file
    self.group = group
  }

  /// The path and the group of a file that this process doesn't have open any more.
  static func closed(_ fileSystem: TestFileSystem) throws -> (path: FilePath, group: GroupId) {
    let mapped = try MappedFile(fileSystem)
    return (mapped.file.path, mapped.group)
  }

  var statistics: Statistics { Statistics(fileSystem.dm, .device(fileSystem.device)) }

  /// The group, or `nil` if there is none.
  func found() throws -> Group? {
    try statistics.groups().first { alias == nil ? $0.id == group : $0.alias == alias }
  }

  /// The sectors that the group's regions cover, or `nil` if there is no group.
  func covered() throws -> Set<UInt64>? {
    try found().map { Self.sectors($0.members.map(\.range)) }
  }

  /// Whether the group's regions cover a file, and nothing else, within a time.
  ///
  /// - Parameters:
  ///   - other: Another file than the one that was mapped.
  ///   - limit: The time.
  func isCovered(
    _ other: TestFile? = nil, within limit: Duration = .seconds(30)
  ) async throws -> Bool {
    try await until(limit) {
      let extents = try FileExtents(fileSystem.dm, of: (other ?? file).descriptor)
      return try covered() == Self.sectors(extents.extents.map(\.range))
    }
  }

  /// What of a file isn't covered, and what is covered and no part of it, for messages.
  func difference(_ other: TestFile? = nil) -> String {
    guard let found = try? covered(),
      let map = try? FileExtents(fileSystem.dm, of: (other ?? file).descriptor)
    else { return "no group, or no file" }
    let wanted = Self.sectors(map.extents.map(\.range))
    return "missing \(wanted.subtracting(found).sorted()), "
      + "too much \(found.subtracting(wanted).sorted())"
  }

  private static func sectors(_ ranges: [SectorRange]) -> Set<UInt64> {
    Set(ranges.flatMap { $0.start.rawValue..<$0.end.rawValue })
  }
}
