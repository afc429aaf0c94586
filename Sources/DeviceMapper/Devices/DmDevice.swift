public import DeviceMapperTargets
public import SystemPackage

/// A device of one kind, addressed by its name.
///
/// A device is a handle and not an owner: a value that knows the context and the name, and nothing
/// that can go stale. Table, status and state are asked of the kernel at each call, and nothing is
/// removed unless ``remove(options:)`` is called.
public protocol DmDevice: Hashable, Sendable {
  /// What the lines of the device's table hold.
  associatedtype Content: TargetContent

  /// The context that reaches the device.
  var dm: DM { get }
  /// The name of the device.
  var name: DmName { get set }

  /// Creates a handle without asking the kernel.
  init(_ dm: DM, _ name: DmName)
}

extension DmDevice {
  /// Whether two handles are for the device of one name; the kernel has one namespace.
  public static func == (left: Self, right: Self) -> Bool { left.name == right.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// How commands address the device.
  public var id: DevId { .name(name) }

  /// A handle for a device that exists and has a table of this kind, whatever is in it.
  ///
  /// - Throws: ``DmError`` with `ENXIO` if there is no such device, ``DmError/Code/unreadableText`` or
  ///   ``DmError/Code/invalidTable`` if its table is none of this kind.
  public static func open(_ dm: DM, _ name: DmName) throws(DmError) -> Self {
    let device = Self(dm, name)
    _ = try device.table()
    return device
  }

  /// The state of the device: `DM_DEV_STATUS`.
  public func info() throws(DmError) -> DeviceInfo { try dm.deviceInfo(id) }

  /// The number of the device.
  public func device() throws(DmError) -> Device {
    guard let device = try info().device else {
      throw DmError(
        .unreadableReply, command: .deviceInfo, device: id,
        context: .reply(ReplyError(.device, offset: RequestLayout.device)))
    }
    return device
  }

  /// The node that the kernel makes for the device, `/dev/dm-MINOR`.
  public func devnode() throws(DmError) -> FilePath { try device().devnode }

  /// The active table.
  public func table() throws(DmError) -> TargetTable<Content> { try dm.table(id).table() }

  /// The length of the active table.
  public func size() throws(DmError) -> Sectors { try table().length }

  /// Stops I/O to the device; see ``DM/deviceSuspend(_:options:)``.
  public func suspend(options: DmOptions = DmOptions()) async throws(DmError) {
    try await dm.deviceSuspend(id, options: options)
  }

  /// Lets I/O go on; see ``DM/deviceResume(_:options:)``.
  public func resume(options: DmOptions = DmOptions()) async throws(DmError) {
    try await dm.deviceResume(id, options: options)
  }

  /// Gives the device another name; nothing happens if it has that name already.
  public mutating func rename(
    to newName: DmName, options: DmOptions = DmOptions()
  ) async throws(DmError) {
    if newName == name { return }
    try await dm.deviceRename(name, to: newName, options: options)
    name = newName
  }

  /// Removes the device; what it stands on stays.
  public func remove(options: DmOptions = DmOptions()) async throws(DmError) {
    try await dm.deviceRemove(id, options: options)
  }

  /// Replaces the table: loads it, then resumes, with which the kernel exchanges the two.
  ///
  /// Nothing is suspended before the load, which under memory pressure could wait for I/O to the
  /// very device. If the resume fails, the loaded table is dropped again.
  package func replaceTable(
    _ table: TargetTable<Content>, options: DmOptions
  ) async throws(DmError) {
    try dm.tableLoad(id, table)
    do { try await resume(options: options) } catch {
      var error = error
      do { try dm.tableClear(id) } catch let failure {
        error.notUndone.append(.inactiveTable(name, failure))
      }
      throw error
    }
  }
}
