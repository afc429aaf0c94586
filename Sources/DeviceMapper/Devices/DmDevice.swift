public import DeviceMapperTargets
public import SystemPackage

/// A device of one kind, addressed by its name.
///
/// A device is a handle and not an owner: a value that knows the context and the name, and nothing
/// that can go stale. Table, status and state are asked of the kernel at each call, and nothing is
/// removed unless ``remove(options:)`` is called.
///
/// `Content` says what the lines of its table hold, and with that what else the device can do:
/// ``LinearDev``, ``ThinPoolDev`` and ``ThinDev`` are names for the common ones. A target without a
/// name of its own is `DmDevice<ZeroTargetParams>`, and any device at all is `DmDevice<AnyTarget>`.
public struct DmDevice<Content: TargetContent>: Hashable, Sendable {
  /// The context that reaches the device.
  public let dm: DM
  /// The name of the device.
  public internal(set) var name: DmName

  /// Creates a handle without asking the kernel.
  public init(_ dm: DM, _ name: DmName) {
    self.dm = dm
    self.name = name
  }

  /// A handle for a device that exists and has a table of this kind, whatever is in it.
  ///
  /// - Throws: ``DmError`` with `ENXIO` if there is no such device, ``DmError/Code/unreadableText`` or
  ///   ``DmError/Code/invalidTable`` if its table is none of this kind.
  public static func open(_ dm: DM, _ name: DmName) throws(DmError) -> DmDevice {
    let device = DmDevice(dm, name)
    _ = try device.table()
    return device
  }

  /// Whether two handles are for the device of one name; the kernel has one namespace.
  public static func == (left: DmDevice, right: DmDevice) -> Bool { left.name == right.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension DmDevice {
  /// How commands address the device.
  public var id: DevId { .name(name) }

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
  public func table() throws(DmError) -> TargetTable<Content> {
    try dm.table(id, mayHoldKeys: Self.mayHoldKeys) { status throws(DmError) in
      try status.table()
    }
  }

  /// Whether tables of the device may hold keys, as far as the type says.
  static var mayHoldKeys: Bool {
    switch Content.self {
    case let type as any TargetParams.Type: type.targetType.mayHoldKey
    default: Content.self == AnyTarget.self || Content.self == VerbatimTarget.self
    }
  }

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
}

/// Devices of one target that is known to the compiler.
extension DmDevice where Content: TargetParams {
  /// The parameters that the device has at present.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/invalidTable`` if the table has several lines.
  public func parameters() throws(DmError) -> Content { try onlyLine().content }

  /// The status of the device: `DM_TABLE_STATUS`.
  ///
  /// - Parameter options: With ``DmFlags/noFlush``, which is the default, no metadata is committed
  ///   first: the call writes nothing and waits for nothing.
  public func status(
    options: DmOptions = DmOptions(flags: .noFlush)
  ) throws(DmError) -> Content.Status {
    let lines = try dm.tableStatus(id, options: options).parsed(as: Content.Status.self)
    guard lines.count == 1 else { throw DmError(.invalidTable, device: id) }
    return lines[0].content
  }

  /// Sends a message to the device's target: `DM_TARGET_MSG`.
  @discardableResult
  public func send(_ message: Content.Message) throws(DmError) -> MessageReply {
    let flags: DmFlags = Content.targetType.mayHoldKey ? [.secureData] : []
    return try dm.targetMessage(id, options: DmOptions(flags: flags)) { message.write(to: &$0) }
  }

  /// Changes parameters: loads a table, then resumes; nothing happens if nothing changes.
  package func change(
    _ options: DmOptions, _ body: (inout Content) -> Void
  ) async throws(DmError) {
    var line = try onlyLine()
    let old = line.content
    body(&line.content)
    if line.content == old { return }
    try await setTable(Self.table(name, line.length, line.content), options: options)
  }

  /// The only line, which is all that a device of one target has.
  func onlyLine() throws(DmError) -> TargetLine<Content> {
    let lines = try table().lines
    guard lines.count == 1 else { throw DmError(.invalidTable, device: id) }
    return lines[0]
  }
}

extension DmDevice {
  /// A table of one line.
  static func table(
    _ name: DmName, _ length: Sectors, _ content: Content
  ) throws(DmError) -> TargetTable<Content> {
    do { return try TargetTable(length: length, content) } catch {
      throw DmError(.invalidTable, device: .name(name), context: .table(error))
    }
  }
}
