import CLibDeviceMapper
import Glibc

/// libdevmapper, in this process: what `dmstats` does without what a process costs.
struct LibrarySide: Side {
  let name = "libdevmapper"
  private let file: ExtentFile

  init(_ file: ExtentFile) throws { self.file = file }

  private func withHandle(_ body: (OpaquePointer) -> Bool, _ call: String) throws {
    guard let handle = dm_stats_create("dmstats") else { throw Failed("dm_stats_create") }
    defer { dm_stats_destroy(handle) }
    guard dm_stats_bind_from_fd(handle, file.descriptor.rawValue) != 0, body(handle) else {
      throw Failed(call)
    }
  }

  func create() throws {
    try withHandle(
      { handle in
        let ids = dm_stats_create_regions_from_fd(
          handle, file.descriptor.rawValue, 1, 0, nil, "f")
        free(ids)
        return ids != nil
      }, "dm_stats_create_regions_from_fd")
  }

  func list() throws {
    try withHandle({ dm_stats_list($0, "dmstats") != 0 }, "dm_stats_list")
  }

  func report() throws {
    try withHandle(
      { dm_stats_populate($0, "dmstats", .max) != 0 },
      "dm_stats_populate")
  }

  func sum() throws { try report() }

  func update() throws {
    try withHandle(
      { handle in
        guard dm_stats_list(handle, "dmstats") != 0 else { return false }
        let ids = dm_stats_update_regions_from_fd(handle, file.descriptor.rawValue, 0)
        free(ids)
        return ids != nil
      }, "dm_stats_update_regions_from_fd")
  }

  func delete() throws {
    try withHandle(
      { dm_stats_list($0, "dmstats") != 0 && dm_stats_delete_group($0, 0, 1) != 0 },
      "dm_stats_delete_group")
  }
}
