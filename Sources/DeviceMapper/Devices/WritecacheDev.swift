public import DeviceMapperTargets

/// A cache of writes: they are done once they are on a fast device, and go to the slow one later.
///
/// The device stands on two devices of any kind, which it neither owns nor removes.
public typealias WritecacheDev = DmDevice<WritecacheTargetParams>

extension DmDevice<WritecacheTargetParams> {
  /// Creates a cache and activates it; a step that fails is undone.
  ///
  /// A cache device that begins with zeroes is formatted; anything else must be a cache.
  ///
  /// - Parameters:
  ///   - dm: The context.
  ///   - name: The name of the device.
  ///   - uuid: The uuid of the device.
  ///   - parameters: The devices, the block size and the options.
  ///   - length: The length of the device, or `nil` for as long as the origin is.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name or uuid is taken.
  public static func create(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: WritecacheTargetParams,
    length: Sectors? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) -> WritecacheDev {
    let length = if let length { length } else { try parameters.originDevice.resolved().size() }
    let table = try table(name, length, parameters)
    return try await create(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Adopts a cache that has an equivalent table, finishes one that was never resumed, or creates it.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/mismatch`` and both tables, or both uuids, if there is
  ///   another device of this name.
  public static func setup(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: WritecacheTargetParams,
    length: Sectors? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) -> WritecacheDev {
    let length = if let length { length } else { try parameters.originDevice.resolved().size() }
    let table = try table(name, length, parameters)
    return try await setup(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Writes back what the cache holds at present, and returns when that is done.
  ///
  /// - Throws: ``DmError`` with `EBUSY` if the device is suspended, `EIO` if a write failed.
  public func flush() async throws(DmError) {
    let device = self
    // The kernel answers the message when everything is written.
    try await onOwnThread { () throws(DmError) in _ = try device.send(.flush) }
  }

  /// Takes the cache out of the device, which goes on without a break: a linear device on the origin.
  ///
  /// The order is that of the kernel's document: the cache is told to write everything back when it is
  /// suspended, a linear table is loaded, the device is suspended, the status is asked whether that went
  /// well, and only then the linear table becomes the active one. If it didn't go well, the device is
  /// resumed with its cache.
  ///
  /// - Returns: The device of the same name. The cache device isn't used any more.
  /// - Throws: ``DmError`` with ``DmError/Code/refused`` if the cache had an error.
  @discardableResult
  public func detachCache(options: DmOptions = DmOptions()) async throws(DmError) -> LinearDev {
    let line = try onlyLine()
    try send(.flushOnSuspend)
    let origin = LinearTargetParams(device: line.content.originDevice, start: 0)
    let table = try LinearDev.table(name, line.length, .linear(origin))
    try await setTable(table, suspending: [], options) { () throws(DmError) in
      if try status().hasError { throw DmError(.refused, command: .tableStatus, device: id) }
    }
    return LinearDev(dm, name)
  }

  /// Writes back what the cache holds and removes the device; the origin is complete afterwards.
  ///
  /// - Parameters:
  ///   - flushing: Whether to write back first; without that, the origin lacks what the cache holds
  ///     until it is set up again.
  ///   - options: How the commands are carried out.
  public func teardown(
    flushing: Bool = true, options: DmOptions = DmOptions()
  ) async throws(DmError) {
    if flushing { try await detachCache(options: options) }
    try await remove(options: options)
  }
}
