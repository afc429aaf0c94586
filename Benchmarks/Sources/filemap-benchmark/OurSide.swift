import DeviceMapper
import FilemapStats

/// This package.
struct OurSide: Side {
  let name = "ours"
  private let dm: DM
  private let file: ExtentFile
  private var filemap: Filemap?

  init(_ dm: DM, _ file: ExtentFile) throws {
    self.dm = dm
    self.file = file
  }

  private var map: Filemap {
    get throws {
      guard let filemap else { throw Failed("no map") }
      return filemap
    }
  }

  mutating func create() throws {
    filemap = try Filemap.create(
      dm, file: file.descriptor, options: FilemapOptions(alias: try GroupAlias("f")))
  }

  func list() throws { _ = try map.statistics.groups() }

  func report() throws {
    let statistics = try map.statistics
    for region in try statistics.group(map.group).members {
      _ = try statistics.takeCounters(region)
    }
  }

  func sum() throws {
    let map = try map
    _ = try map.statistics.takeCounters(map.statistics.group(map.group))
  }

  mutating func update() throws { try filemap?.update(file.descriptor) }

  func delete() throws { try map.delete() }
}
