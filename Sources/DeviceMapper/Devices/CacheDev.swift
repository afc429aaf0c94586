public import DeviceMapperTargets

/// A cache: a slow device with the blocks that are used most on a fast one.
///
/// The cache stands on three devices of any kind, which it neither owns nor removes.
public typealias CacheDev = DmDevice<CacheTargetParams>

extension DmDevice<CacheTargetParams> {
  /// Creates a cache and activates it; a step that fails is undone.
  ///
  /// Metadata that begins with a block of zeroes is formatted; anything else must be a cache's.
  ///
  /// - Parameters:
  ///   - dm: The context.
  ///   - name: The name of the device.
  ///   - uuid: The uuid of the device.
  ///   - parameters: The devices, the block size, the features and the policy.
  ///   - length: The length of the cache, or `nil` for as long as the origin is.
  ///   - options: Private by default, as for any device of which others are made; give other
  ///     options for a cache that is used as it is.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name or uuid is taken.
  public static func create(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: CacheTargetParams,
    length: Sectors? = nil, options: DmOptions = .privateDevice
  ) async throws(DmError) -> CacheDev {
    let length = if let length { length } else { try parameters.originDevice.resolved().size() }
    let table = try table(name, length, parameters)
    return try await create(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Adopts a cache that has an equivalent table, finishes one that was never resumed, or creates it.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/mismatch`` and both tables, or both uuids, if there is
  ///   another device of this name.
  public static func setup(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: CacheTargetParams,
    length: Sectors? = nil, options: DmOptions = .privateDevice
  ) async throws(DmError) -> CacheDev {
    let length = if let length { length } else { try parameters.originDevice.resolved().size() }
    let table = try table(name, length, parameters)
    return try await setup(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Takes up new sizes of the three devices: loads a table as long as the origin is, then resumes.
  ///
  /// The cache and the metadata may have grown; the cache may have become smaller if no block of the
  /// lost part is dirty, which the kernel checks.
  public func resize(options: DmOptions = .privateDevice) async throws(DmError) {
    let parameters = try parameters()
    let length = try parameters.originDevice.resolved().size()
    try await setTable(Self.table(name, length, parameters), options: options)
  }

  /// Changes what becomes of writes: loads a table, then resumes.
  ///
  /// What is dirty when the mode stops being ``DeviceMapperTargets/CacheMode/writeback`` stays so until
  /// it is written back; ``flush(every:options:)`` does that.
  /// ``DeviceMapperTargets/CacheMode/passthrough`` demands a clean cache, so that is done first.
  public func setMode(
    _ mode: CacheMode, options: DmOptions = .privateDevice
  ) async throws(DmError) {
    if mode == .passthrough { try await flush(options: options) }
    try await change(options) { $0.features.mode = mode }
  }

  /// Changes the policy: loads a table, then resumes.
  public func setPolicy(
    _ policy: CachePolicy, options: DmOptions = .privateDevice
  ) async throws(DmError) {
    try await change(options) { $0.policy = policy }
  }

  /// Writes back all dirty blocks, after which the origin is complete.
  ///
  /// The policy is `cleaner` meanwhile, and again what it was when the function returns or throws.
  ///
  /// - Parameters:
  ///   - interval: How often to ask how many blocks are left; the kernel sends no event.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/cancelled`` if the task is cancelled.
  public func flush(
    every interval: Duration = .milliseconds(50), options: DmOptions = .privateDevice
  ) async throws(DmError) {
    if try isClean() { return }
    let policy = try parameters().policy
    try await setPolicy(CachePolicy(.cleaner), options: options)
    do throws(DmError) {
      while try !isClean() {
        try? await ContinuousClock().sleep(for: interval)
        if Task.isCancelled { throw DmError(.cancelled, device: id) }
      }
      try await setPolicy(policy, options: options)
    } catch {
      throw await error.undoing { error in
        do throws(DmError) { try await setPolicy(policy, options: options) } catch let failure {
          error.notUndone.append(.policy(name, failure))
        }
      }
    }
  }

  /// Writes back what is dirty and removes the cache; the origin is complete afterwards.
  ///
  /// - Parameters:
  ///   - flushing: Whether to write back first; without that, the origin lacks what is dirty until
  ///     the cache is set up again.
  ///   - options: How the commands are carried out.
  public func teardown(
    flushing: Bool = true, options: DmOptions = .privateDevice
  ) async throws(DmError) {
    if flushing { try await flush(options: options) }
    try await remove(options: options)
  }

  private func isClean() throws(DmError) -> Bool {
    guard case .working(let status) = try status() else {
      throw DmError(.refused, command: .tableStatus, device: id)
    }
    return status.performance.dirty == 0
  }
}
