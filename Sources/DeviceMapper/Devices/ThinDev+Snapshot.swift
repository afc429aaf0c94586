public import DeviceMapperTargets
import SystemPackage

extension DmDevice<ThinTargetParams> {
  /// Takes a snapshot of the device and activates it; a step that fails is undone.
  ///
  /// The device is suspended while the pool takes the snapshot, without which the snapshot could be
  /// corrupt, and resumed afterwards, unless its owner had suspended it.
  ///
  /// - Parameters:
  ///   - snapshotName: The name of the snapshot.
  ///   - uuid: The uuid of the device.
  ///   - pool: The pool of this device, and so of the snapshot.
  ///   - thinId: The snapshot's id in the pool.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name, the uuid or the id is taken.
  public func snapshot(
    _ snapshotName: DmName, uuid: DmUuid? = nil, pool: ThinPoolDev, thinId: ThinDevId,
    options: DmOptions = DmOptions()
  ) async throws(DmError) -> ThinDev {
    let original = try onlyLine()
    var params = original.content
    params.thinId = thinId
    let table = try Self.table(snapshotName, original.length, params)
    try Self.requireAbsent(dm, snapshotName)

    let source = try info()
    if !source.isSuspended { try await suspend() }
    do {
      try Self.send(.createSnapshot(thinId, of: original.content.thinId), to: pool)
    } catch {
      throw await error.undoing { if !source.isSuspended { await resume(undoing: &$0) } }
    }
    return try await Self.undoingThin(pool, thinId) { () async throws(DmError) in
      if !source.isSuspended { try await resumeAgain() }
      return try await Self.create(
        dm, snapshotName, uuid: uuid, table: table, options: options)
    }
  }

  /// Removes the device and deletes it from its pool, which frees the blocks that nothing else shares.
  ///
  /// - Parameters:
  ///   - pool: The pool of the device.
  ///   - discarding: Whether to discard the whole device first, so that the data device hears that
  ///     the blocks are free; deleting alone tells only the pool.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError``; if the device was removed and couldn't be deleted, ``DmError/notUndone``
  ///   says so.
  public func destroy(
    pool: ThinPoolDev, discarding: Bool = false, options: DmOptions = DmOptions()
  ) async throws(DmError) {
    let thinId = try thinId()
    if discarding { try await discardAll() }
    var failure: DmError?
    do { try await remove(options: options) } catch {
      // udev may take longer; the device is gone.
      guard error.code != .refused, (try? dm.deviceExists(id)) == false else { throw error }
      failure = error
    }
    do { try pool.send(.delete(thinId)) } catch {
      var error = error
      error.notUndone.append(.thinDevice(thinId, pool: pool.name, error))
      throw error
    }
    if let failure { throw failure }
  }
}

extension DmDevice<ThinTargetParams> {
  /// Creates a thin device by a message, then does `body`, whose failure deletes the thin device.
  static func withNewThin(
    _ pool: ThinPoolDev, _ thinId: ThinDevId, _ message: ThinPoolMessage,
    _ body: () async throws(DmError) -> ThinDev
  ) async throws(DmError) -> ThinDev {
    try send(message, to: pool)
    return try await undoingThin(pool, thinId, body)
  }

  /// Does `body`, whose failure deletes the thin device.
  private static func undoingThin(
    _ pool: ThinPoolDev, _ thinId: ThinDevId, _ body: () async throws(DmError) -> ThinDev
  ) async throws(DmError) -> ThinDev {
    do { return try await body() } catch {
      throw await error.undoing { error in
        do throws(DmError) { try pool.send(.delete(thinId)) } catch let failure {
          error.notUndone.append(.thinDevice(thinId, pool: pool.name, failure))
        }
      }
    }
  }

  private static func send(_ message: ThinPoolMessage, to pool: ThinPoolDev) throws(DmError) {
    do { try pool.send(message) } catch  where error.errno == .fileExists {
      throw DmError(.exists, command: .targetMessage, device: pool.id, errno: error.errno)
    }
  }
}
