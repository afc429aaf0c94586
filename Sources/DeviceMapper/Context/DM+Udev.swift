public import DeviceMapperTargets
import SystemPackage

/// Commands after which udev has work to do.
extension DM {
  /// Removes a device: `DM_DEV_REMOVE`.
  ///
  /// - Parameters:
  ///   - id: The device.
  ///   - options: ``DmFlags/deferredRemove`` to have an open device removed when its last user
  ///     closes it; otherwise an open device is tried again as ``DmOptions/retry`` says.
  /// - Throws: ``DmError`` with `EBUSY` if the device stays open, `ENXIO` if there is none.
  @discardableResult
  public func deviceRemove(
    _ id: DevId, options: DmOptions = DmOptions()
  ) async throws(DmError) -> DeviceInfo {
    try check(options, for: .deviceRemove)
    // The node has the name; a device that is addressed otherwise is asked for it.
    let name: DmName?
    do { name = try nodeName(id, options) } catch { throw error.of(.deviceRemove) }
    var attempt = 1
    while true {
      do {
        let info = try await synchronized(
          Request(.deviceRemove, id, flags: options.flags), options)
        // A deferred removal leaves the device, and so its node.
        if let name { try DeviceNode.update(name) }
        return info
      } catch  where error.errno == .resourceBusy && attempt < options.retry.attempts {
        attempt += 1
        try? await ContinuousClock().sleep(for: options.retry.delay)
        if Task.isCancelled { throw DmError(.cancelled, command: .deviceRemove, device: id) }
      }
    }
  }

  /// Gives a device another name: `DM_DEV_RENAME`.
  ///
  /// - Returns: The state of the device before, with its old name.
  /// - Throws: ``DmError`` with `EBUSY` if the name is taken, `ENXIO` if there is no such device.
  @discardableResult
  public func deviceRename(
    _ name: DmName, to newName: DmName, options: DmOptions = DmOptions()
  ) async throws(DmError) -> DeviceInfo {
    try check(options, for: .deviceRename)
    let info = try await synchronized(
      Request(.deviceRename, .name(name), flags: options.flags), options, string: newName.bytes)
    if try nodeName(.name(newName), options) != nil {
      try DeviceNode.update(name)
      try DeviceNode.update(newName)
    }
    return info
  }

  /// Gives a device without a uuid its uuid: `DM_DEV_RENAME` with ``DmFlags/uuid``.
  ///
  /// - Returns: The state of the device before.
  /// - Throws: ``DmError`` with `EINVAL` if the device has a uuid already, `EBUSY` if it is taken.
  @discardableResult
  public func deviceRename(
    _ name: DmName, settingUuid uuid: DmUuid, options: DmOptions = DmOptions()
  ) async throws(DmError) -> DeviceInfo {
    try check(options, for: .deviceRename)
    return try await synchronized(
      Request(.deviceRename, .name(name), flags: options.flags.union(.uuid)), options,
      string: uuid.bytes)
  }

  /// Stops I/O to a device once what is under way has ended: `DM_DEV_SUSPEND`.
  ///
  /// Waits as long as that takes, on a thread of its own; the kernel can't be interrupted. A device
  /// that is suspended already stays so.
  ///
  /// - Parameters:
  ///   - id: The device.
  ///   - options: ``DmFlags/noFlush``, ``DmFlags/skipLockFilesystem``.
  @discardableResult
  public func deviceSuspend(
    _ id: DevId, options: DmOptions = DmOptions()
  ) async throws(DmError) -> DeviceInfo {
    try check(options, for: .deviceSuspend)
    let request = Request(.deviceSuspend, id, flags: options.flags.union(.suspend))
    return try await onOwnThread { () throws(DmError) in try self.header(request) }
  }

  /// Lets I/O go on, with the inactive table in the place of the active one if there is one:
  /// `DM_DEV_SUSPEND` without ``DmFlags/suspend``.
  ///
  /// With an inactive table the device is suspended for the exchange if it isn't already, so this
  /// may wait for I/O as ``deviceSuspend(_:options:)`` does.
  ///
  /// - Parameters:
  ///   - id: The device.
  ///   - options: ``DmFlags/noFlush``, ``DmFlags/skipLockFilesystem``.
  @discardableResult
  public func deviceResume(
    _ id: DevId, options: DmOptions = DmOptions()
  ) async throws(DmError) -> DeviceInfo {
    try check(options, for: .deviceSuspend)
    guard !options.flags.contains(.suspend) else {
      throw DmError(.invalidOption, command: .deviceSuspend, context: .flags(.suspend))
    }
    // Only an exchange of tables under a running device waits for I/O.
    let state: DeviceInfo
    do { state = try deviceInfo(id) } catch { throw error.of(.deviceSuspend) }
    let mayWait = state.hasActiveTable && state.hasInactiveTable && !state.isSuspended
    return try await resume(id, options, mayWait: mayWait)
  }

  /// Resumes a device; on a thread of its own if that may wait for I/O.
  package func resume(
    _ id: DevId, _ options: DmOptions, mayWait: Bool
  ) async throws(DmError) -> DeviceInfo {
    let info = try await synchronized(
      Request(.deviceSuspend, id, flags: options.flags), options, mayWait: mayWait)
    if let name = info.name, try nodeName(.name(name), options) != nil {
      try DeviceNode.update(name)
    }
    return info
  }

  /// The device's name where it has a node that nobody but this package keeps, else `nil`.
  private func nodeName(_ id: DevId, _ options: DmOptions) throws(DmError) -> DmName? {
    guard options.udev != .none, !UdevTransaction.isSynchronized else { return nil }
    if case .name(let name) = id { return name }
    return try deviceInfo(id).name
  }

  /// Carries out a command with a cookie, and waits until udev has handled its uevent.
  private func synchronized(
    _ request: Request, _ options: DmOptions, string: Span<UInt8>? = nil, mayWait: Bool = false
  ) async throws(DmError) -> DeviceInfo {
    let udev = try UdevTransaction(options.cookie, options.udev)
    var request = request
    request.eventNumber = udev.eventNumber
    let info: DeviceInfo
    do {
      if let string {
        var buffer = [UInt8](repeating: 0, count: RequestLayout.headerSize + string.count + 1)
        for index in string.indices { buffer[RequestLayout.headerSize + index] = string[index] }
        info = try send(request, &buffer)
      } else if mayWait {
        let request = request
        info = try await onOwnThread { () throws(DmError) in try self.header(request) }
      } else {
        info = try header(request)
      }
    } catch {
      udev.cancel()
      throw error
    }
    do {
      try await udev.finish(info.flags.contains(.ueventGenerated), upTo: options.udev)
    } catch {
      var error = error
      error.command = request.command
      error.device = request.id
      throw error
    }
    return info
  }
}

extension DmError {
  /// The error as one of the command that the caller asked for, in whose course it happened.
  fileprivate func of(_ command: DmCommand) -> DmError {
    var error = self
    error.command = command
    return error
  }
}
