import CLibDeviceMapper

/// The same operations with libdevmapper, as its documentation has them.
enum Library {
  private static func task(
    _ type: Int, _ name: String?, _ prepare: (OpaquePointer) throws -> Void = { _ in },
    _ read: (OpaquePointer) throws -> Void = { _ in }
  ) throws {
    guard let task = dm_task_create(CInt(type)) else { throw LibraryFailed("dm_task_create") }
    defer { dm_task_destroy(task) }
    if let name, dm_task_set_name(task, name) == 0 { throw LibraryFailed("dm_task_set_name") }
    try prepare(task)
    guard dm_task_run(task) != 0 else { throw LibraryFailed("dm_task_run \(type)") }
    try read(task)
  }

  static func list() throws {
    try task(DM_DEVICE_LIST, nil) { _ in
    } _: { task in
      guard var names = dm_task_get_names(task) else { throw LibraryFailed("dm_task_get_names") }
      var count = 0
      while names.pointee.dev != 0 {
        count += 1
        let step = names.pointee.next
        if step == 0 { break }
        names = UnsafeMutableRawPointer(names).advanced(by: Int(step))
          .assumingMemoryBound(to: dm_names.self)
      }
      use(count)
    }
  }

  static func status(_ name: String, table: Bool) throws {
    try task(table ? DM_DEVICE_TABLE : DM_DEVICE_STATUS, name) { task in
      if !table { dm_task_no_flush(task) }
      dm_task_no_open_count(task)
    } _: { task in
      var next: UnsafeMutableRawPointer?
      var (start, length): (UInt64, UInt64) = (0, 0)
      var type: UnsafeMutablePointer<CChar>?
      var parameters: UnsafeMutablePointer<CChar>?
      repeat {
        next = dm_get_next_target(task, next, &start, &length, &type, &parameters)
        use(parameters)
      } while next != nil
    }
  }

  private static func addLines(_ task: OpaquePointer, _ lines: UInt64) throws {
    for line in 0..<lines {
      let type = line.isMultiple(of: 2) ? "error" : "zero"
      guard dm_task_add_target(task, line * 8, 8, type, "") != 0 else {
        throw LibraryFailed("dm_task_add_target")
      }
    }
  }

  static func load(_ name: String, lines: UInt64) throws {
    try task(DM_DEVICE_RELOAD, name) { try addLines($0, lines) }
  }

  static func cycle(_ name: String) throws {
    try task(DM_DEVICE_CREATE, name) { try addLines($0, 1) }
    try task(DM_DEVICE_REMOVE, name)
    dm_task_update_nodes()
  }
}
