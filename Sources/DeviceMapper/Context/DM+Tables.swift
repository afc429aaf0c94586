public import DeviceMapperTargets

extension DM {
  /// Loads a table into a device's inactive slot; a resume makes it the active one: `DM_TABLE_LOAD`.
  ///
  /// - Parameters:
  ///   - id: The device.
  ///   - table: The table.
  ///   - options: ``DmFlags/readOnly``, and ``DmFlags/secureData`` for a table with keys: the
  ///     kernel wipes its copy of the request, and this function its own.
  /// - Throws: ``DmError`` with `EINVAL` if a target refuses its parameters, for which it gives its
  ///   reason in the kernel log only.
  @inlinable @discardableResult
  // Inlinable, so that the lines are written by code for their type of content.
  public func tableLoad(
    _ id: DevId, _ table: TargetTable<some TargetContent>, options: DmOptions = DmOptions()
  ) throws(DmError) -> DeviceInfo {
    var writer = TableWriter(lines: table.lines.count, options.flags)
    for index in table.lines.indices { writer.append(table.lines[index]) }
    return try load(id, &writer, options)
  }

  @usableFromInline
  func load(
    _ id: DevId, _ table: inout TableWriter, _ options: DmOptions
  ) throws(DmError) -> DeviceInfo {
    let holdsKeys = options.flags.contains(.secureData)
    var request = Request(.tableLoad, id, flags: options.flags)
    request.targetCount = UInt32(clamping: table.lineCount)
    let isWhole = table.isWhole
    var buffer = table.take()
    defer { if holdsKeys { buffer.wipe() } }
    try check(options, for: .tableLoad)
    guard isWhole else {
      throw DmError(.invalidArgument, command: .tableLoad, device: id)
    }
    return try send(request, &buffer)
  }

  /// Drops a device's inactive table: `DM_TABLE_CLEAR`.
  @discardableResult
  public func tableClear(_ id: DevId) throws(DmError) -> DeviceInfo {
    try header(Request(.tableClear, id))
  }

  /// The devices that a device's table uses: `DM_TABLE_DEPS`.
  ///
  /// - Parameters:
  ///   - id: The device.
  ///   - options: ``DmFlags/queryInactiveTable``.
  public func tableDeps(
    _ id: DevId, options: DmOptions = DmOptions()
  ) throws(DmError) -> [Device] {
    try check(options, for: .tableDeps)
    return try exchange(Request(.tableDeps, id, flags: options.flags)) {
      (reply, _) throws(ReplyError) in try reply.dependencies()
    }
  }

  /// The status of a device's targets, or their table: `DM_TABLE_STATUS`.
  ///
  /// - Parameters:
  ///   - id: The device.
  ///   - options: ``DmFlags/statusTable`` for the table, ``DmFlags/queryInactiveTable`` for the
  ///     loaded one, ``DmFlags/noFlush`` to leave a thin pool's or cache's metadata uncommitted,
  ///     ``DmFlags/imaMeasurement`` for what IMA measures (kernel 5.15).
  public func tableStatus(
    _ id: DevId, options: DmOptions = DmOptions()
  ) throws(DmError) -> TableStatus {
    try check(options, for: .tableStatus)
    return try exchange(Request(.tableStatus, id, flags: options.flags)) {
      (reply, buffer) throws(ReplyError) in
      TableStatus(info: try DeviceInfo(reply), lines: try reply.lines(sharing: buffer))
    }
  }

  /// The table that a device has: `DM_TABLE_STATUS` with ``DmFlags/statusTable``.
  public func table(
    _ id: DevId, options: DmOptions = DmOptions()
  ) throws(DmError) -> TableStatus {
    var options = options
    options.flags.insert(.statusTable)
    return try tableStatus(id, options: options)
  }

  /// What `body` makes of the table that a device has.
  ///
  /// With keys in it, everything is wiped but what `body` returns, here and in the kernel.
  func table<Result>(
    _ id: DevId, flags: DmFlags = [], mayHoldKeys: Bool,
    _ body: (TableStatus) throws(DmError) -> Result
  ) throws(DmError) -> Result {
    let flags = flags.union(mayHoldKeys ? [.statusTable, .secureData] : [.statusTable])
    // Read while the reply is there, so that no line keeps its memory from being wiped.
    let result: Swift.Result<Result, DmError> = try exchange(
      Request(.tableStatus, id, flags: flags)
    ) { (reply, buffer) throws(ReplyError) in
      let status = TableStatus(
        info: try DeviceInfo(reply), lines: try reply.lines(sharing: buffer))
      do throws(DmError) { return .success(try body(status)) } catch { return .failure(error) }
    }
    return try result.get()
  }
}

extension ReplyReader {
  /// Reads the reply to `DM_TABLE_DEPS`: `struct dm_target_deps`.
  package func dependencies() throws(ReplyError) -> [Device] {
    // Without a table there is nothing behind the header.
    guard bytes.count > dataStart else { return [] }
    let count = Int(try load(.count, UInt32.self, at: dataStart))
    guard count <= (bytes.count - dataStart) / 8 else {
      throw ReplyError(.count, offset: dataStart)
    }
    var devices: [Device] = []
    devices.reserveCapacity(count)
    for index in 0..<count {
      let number = try load(.device, UInt64.self, at: dataStart + 8 + index * 8)
      devices.append(Device(hugeDeviceNumber: number))
    }
    return devices
  }
}
