public import DeviceMapperTargets

/// A snapshot: what a device held at one moment, of which the store keeps what has changed since.
public typealias SnapshotDev = DmDevice<SnapshotTargetParams>

/// The device that is written while there are snapshots of what is below it.
public typealias SnapshotOriginDev = DmDevice<SnapshotOriginTargetParams>

/// A device into which a snapshot is being merged.
public typealias SnapshotMergeDev = DmDevice<SnapshotMergeTargetParams>

extension DmDevice<SnapshotOriginTargetParams> {
  /// Takes a snapshot of what is below this device, and activates it; a step that fails is undone.
  ///
  /// The device is suspended meanwhile, so that the snapshot is of one moment, and resumed afterwards,
  /// unless its owner had suspended it.
  ///
  /// - Parameters:
  ///   - snapshotName: The name of the snapshot.
  ///   - uuid: The uuid of the device.
  ///   - store: Where the snapshot keeps what is overwritten; a persistent one begins with zeroes.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name or uuid is taken.
  public func snapshot(
    _ snapshotName: DmName, uuid: DmUuid? = nil, store: SnapshotStore,
    options: DmOptions = DmOptions()
  ) async throws(DmError) -> SnapshotDev {
    let line = try onlyLine()
    let wasSuspended = try info().isSuspended
    if !wasSuspended { try await suspend() }
    let snapshot: SnapshotDev
    do {
      snapshot = try await SnapshotDev.create(
        dm, snapshotName, uuid: uuid,
        SnapshotTargetParams(origin: line.content.device, store: store), length: line.length,
        options: options)
    } catch {
      throw await error.undoing { if !wasSuspended { await resume(undoing: &$0) } }
    }
    if wasSuspended { return snapshot }
    do { try await resumeAgain() } catch {
      throw await error.undoing { await snapshot.remove(undoing: &$0, options) }
    }
    return snapshot
  }

  /// Writes what a snapshot holds back to its origin: removes the snapshot and loads `snapshot-merge`
  /// in the place of this device's table; a step that fails is undone.
  ///
  /// The device is suspended meanwhile, so that nothing is written that the store doesn't know of, and
  /// resumed afterwards. It serves the snapshot's content from then on. When
  /// ``DeviceMapperTargets/SnapshotMergeStatus/isComplete``, ``DmDevice/finishMerge(options:)`` gives it
  /// its own table back.
  ///
  /// - Parameters:
  ///   - snapshot: A valid snapshot with a persistent store, which nobody has open.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError``; its ``DmError/notUndone`` says if the snapshot is gone, whose store still has
  ///   everything.
  public func merge(
    _ snapshot: SnapshotDev, options: DmOptions = DmOptions()
  ) async throws(DmError) -> SnapshotMergeDev {
    let line = try onlyLine()
    let source = try snapshot.onlyLine()
    let uuid = try snapshot.info().uuid
    let parameters: SnapshotMergeTargetParams
    do {
      parameters = try SnapshotMergeTargetParams(
        origin: line.content.device, store: source.content.store)
    } catch { throw DmError(.invalidParameters, device: id, context: .parameters(error)) }
    let wasSuspended = try info().isSuspended
    if !wasSuspended { try await suspend() }
    let merge = SnapshotMergeDev(dm, name)
    var isRemoved = false
    do throws(DmError) {
      do { try await snapshot.remove(options: options) } catch {
        // udev may take longer; the snapshot is gone.
        isRemoved = error.code != .refused && (try? dm.deviceExists(snapshot.id)) == false
        throw error
      }
      isRemoved = true
      try await merge.setParameters(parameters, length: line.length, options: options)
    } catch {
      throw await error.undoing { [isRemoved] error in
        // Not if it is udev again that takes longer: the device merges then.
        if isRemoved, (try? merge.table()) == nil {
          await restore(snapshot.name, source, uuid, &error, options)
        }
        if !wasSuspended { await resume(undoing: &error, options) }
      }
    }
    return merge
  }

  /// Creates the snapshot again that an operation has removed; this device has been suspended since.
  private func restore(
    _ snapshot: DmName, _ line: TargetLine<SnapshotTargetParams>, _ uuid: DmUuid?,
    _ error: inout DmError, _ options: DmOptions
  ) async {
    do throws(DmError) {
      // Without its origin, the snapshot would be of what anybody writes.
      _ = try info()
      _ = try await SnapshotDev.create(
        dm, snapshot, uuid: uuid, line.content, length: line.length, options: options)
    } catch let failure { error.notUndone.append(.removed(snapshot, failure)) }
  }
}

extension DmDevice<SnapshotMergeTargetParams> {
  /// Ends a merge that is finished: loads `snapshot-origin` again, then resumes.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/refused`` if the merge isn't finished.
  @discardableResult
  public func finishMerge(
    options: DmOptions = DmOptions()
  ) async throws(DmError) -> SnapshotOriginDev {
    guard try status().isComplete else {
      throw DmError(.refused, command: .tableLoad, device: id)
    }
    let line = try onlyLine()
    let origin = SnapshotOriginDev(dm, name)
    try await origin.setParameters(
      SnapshotOriginTargetParams(device: line.content.origin), length: line.length,
      options: options)
    return origin
  }
}
