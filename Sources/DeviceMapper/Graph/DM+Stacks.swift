import DeviceMapperTargets
import SystemPackage

extension DM {
  /// Suspends devices, the top first; if one can't be suspended, those that were are resumed.
  ///
  /// The top first, as what it still has to write goes down through the others. A device that was
  /// suspended before stays so.
  ///
  /// - Parameters:
  ///   - stack: The devices.
  ///   - options: ``DmFlags/noFlush``, ``DmFlags/skipLockFilesystem``.
  public func suspend(
    _ stack: DeviceStack, options: DmOptions = DmOptions()
  ) async throws(DmError) {
    var suspended: [DevId] = []
    for node in stack.devices {
      do {
        if try state(of: node).isSuspended { continue }
        try await deviceSuspend(node.id, options: options)
        suspended.append(node.id)
      } catch {
        throw await error.undoing { [suspended] in await self.resume(suspended.reversed(), &$0) }
      }
    }
  }

  /// Resumes devices, the bottom first; goes on with the others if one can't be resumed.
  ///
  /// - Throws: ``DmError`` of the first device that couldn't, with those of the others beside it.
  public func resume(
    _ stack: DeviceStack, options: DmOptions = DmOptions()
  ) async throws(DmError) {
    var failure: DmError?
    for node in stack.devices.reversed() {
      do {
        if try state(of: node).isSuspended { try await deviceResume(node.id, options: options) }
      } catch {
        if let name = node.info?.name, failure != nil {
          failure?.notUndone.append(.suspended(name, error))
        } else {
          failure = error
        }
      }
    }
    if let failure { throw failure }
  }

  /// Removes devices, the top first; if one can't be removed, those that were are created again with
  /// their names, uuids, numbers and tables.
  ///
  /// Nothing is touched if a device is open by somebody outside of the stack. A device that has gone
  /// meanwhile is as it was to be. What a cache in the stack holds stays in its parts; to have it
  /// written back first, take the cache down by itself, with `teardown`.
  ///
  /// - Parameters:
  ///   - stack: The devices.
  ///   - options: How the devices are removed; `deferredRemove` isn't taken, since it could not be
  ///     undone.
  /// - Throws: ``DmError``, with what couldn't be created again in ``DmError/notUndone``.
  public func remove(
    _ stack: DeviceStack, options: DmOptions = DmOptions()
  ) async throws(DmError) {
    if options.flags.contains(.deferredRemove) {
      throw DmError(.invalidOption, command: .deviceRemove, context: .flags(.deferredRemove))
    }
    var saved: [SavedDevice] = []
    for node in stack.devices {
      do throws(DmError) {
        try await requireUnused(node, in: stack, options.retry)
        saved.append(SavedDevice(id: node.id, device: node.device, table: try savedTable(node.id)))
      } catch {
        guard error.errno == .noSuchAddressOrDevice else { throw error }
      }
    }
    var removed: [SavedDevice] = []
    for device in saved {
      do {
        try await deviceRemove(device.id, options: options)
        removed.append(device)
      } catch {
        if error.errno == .noSuchAddressOrDevice { continue }
        // udev may take longer, or its end wasn't waited for; the device is gone.
        if error.code != .refused, (try? deviceExists(device.id)) == false {
          removed.append(device)
        }
        throw await error.undoing { [removed] error in
          for device in removed.reversed() { await device.create(self, options, &error) }
        }
      }
    }
  }

  /// The state of a device of a graph, if it is still the one that the graph shows.
  private func state(of node: DeviceGraph.Node) throws(DmError) -> DeviceInfo {
    let info = try deviceInfo(node.id)
    guard info.device == node.device, info.uuid == node.info?.uuid else {
      throw DmError(
        .refused, command: .deviceInfo, device: node.id, errno: .noSuchAddressOrDevice)
    }
    return info
  }

  /// Makes sure that a device is open only by devices of the stack.
  private func requireUnused(
    _ node: DeviceGraph.Node, in stack: DeviceStack, _ retry: RetryPolicy
  ) async throws(DmError) {
    let users = stack.devices.count { $0.dependencies.contains(node.device) }
    var attempt = 1
    while try state(of: node).openCount > users {
      // udev opens a device for a moment to see what is on it.
      guard attempt < retry.attempts, !Task.isCancelled else {
        throw DmError(.inUse, device: node.id)
      }
      attempt += 1
      try? await ContinuousClock().sleep(for: retry.delay)
    }
  }

  private func resume(_ devices: [DevId], _ error: inout DmError) async {
    for id in devices {
      do { try await deviceResume(id) } catch let failure {
        if failure.code == .udevTimeout { continue }
        if let name = try? deviceInfo(id).name { error.notUndone.append(.suspended(name, failure)) }
      }
    }
  }
}

/// What it takes to create a device again.
private struct SavedDevice: Sendable {
  let id: DevId
  let device: Device
  let table: SavedTable

  /// Creates the device, with its number, by which the tables of others name it.
  func create(_ dm: DM, _ options: DmOptions, _ error: inout DmError) async {
    let info = table.info
    guard let name = info.name else { return }
    let flags: DmFlags = info.isReadOnly ? [.readOnly] : []
    do throws(DmError) {
      _ = try dm.deviceCreate(
        name, uuid: info.uuid, minor: device.minor, options: DmOptions(flags: flags))
      if try table.load(dm, id) == nil || info.isSuspended { return }
      try await dm.deviceResume(
        id, options: DmOptions(cookie: options.cookie, udev: options.udev))
    } catch let failure {
      if failure.code == .udevTimeout { return }
      error.notUndone.append(.removed(name, failure))
    }
  }
}
