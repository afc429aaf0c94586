public import DeviceMapperTargets

/// A thin pool: data blocks that thin devices share, and the metadata that maps them.
///
/// The pool stands on two devices of any kind, which it neither owns nor removes.
public typealias ThinPoolDev = DmDevice<ThinPoolTargetParams>

extension DmDevice<ThinPoolTargetParams> {
  /// Creates a pool and activates it; a step that fails is undone.
  ///
  /// Metadata that begins with a block of zeroes is formatted; anything else must be a pool's.
  ///
  /// - Parameters:
  ///   - dm: The context.
  ///   - name: The name of the device.
  ///   - uuid: The uuid of the device.
  ///   - parameters: The devices, the block size and how the pool behaves.
  ///   - length: The length of the pool, or `nil` for as long as the data device is.
  ///   - options: Private by default: nothing but thin devices uses a pool.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name or uuid is taken.
  public static func create(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: ThinPoolTargetParams,
    length: Sectors? = nil, options: DmOptions = .privateDevice
  ) async throws(DmError) -> ThinPoolDev {
    let table = try table(name, parameters, length)
    return try await create(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Adopts a pool that has an equivalent table, finishes one that was never resumed, or creates it.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/mismatch`` and both tables, or both uuids, if there is
  ///   another device of this name.
  public static func setup(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: ThinPoolTargetParams,
    length: Sectors? = nil, options: DmOptions = .privateDevice
  ) async throws(DmError) -> ThinPoolDev {
    let table = try table(name, parameters, length)
    return try await setup(dm, name, uuid: uuid, table: table, options: options)
  }

  private static func table(
    _ name: DmName, _ parameters: ThinPoolTargetParams, _ length: Sectors?
  ) throws(DmError) -> TargetTable<ThinPoolTargetParams> {
    let length = if let length { length } else { try parameters.dataDevice.resolved().size() }
    return try table(name, length, parameters)
  }
}

extension DmDevice<ThinPoolTargetParams> {
  /// Takes up growth of the data device and of the metadata device: loads a table as long as the data
  /// device is, then resumes.
  ///
  /// A pool that ran out of space goes on, and so does what waited for space. A data device that has
  /// become smaller is an error: the pool's blocks would be gone.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/invalidTable`` for a smaller data device.
  public func grow(options: DmOptions = .privateDevice) async throws(DmError) {
    let old = try table()
    let table = try Self.table(name, parameters(), nil)
    guard table.length >= old.length else {
      throw DmError(
        .invalidTable, device: id,
        context: .tables(described: table.verbatim.lines, found: old.verbatim.lines))
    }
    try await setTable(table, options: options)
  }

  /// Replaces the data device's table with a longer one and takes up the growth; see ``grow(options:)``.
  ///
  /// If the pool can't take it up, the data device stays longer, which does no harm: call again.
  public func extendData(
    _ data: LinearDev, to table: TargetTable<LinearDevTargetParams>,
    options: DmOptions = .privateDevice
  ) async throws(DmError) {
    try await data.setTable(table, options: options)
    try await grow(options: options)
  }

  /// Replaces the metadata device's table with a longer one and takes up the growth.
  ///
  /// If the pool can't take it up, the metadata device stays longer, which does no harm: call again.
  public func extendMetadata(
    _ metadata: LinearDev, to table: TargetTable<LinearDevTargetParams>,
    options: DmOptions = .privateDevice
  ) async throws(DmError) {
    try await metadata.setTable(table, options: options)
    try await grow(options: options)
  }

  /// Changes the number of free blocks at and below which the kernel sends an event: loads a table,
  /// then resumes.
  ///
  /// The kernel sends the event when an allocation passes the mark; a pool that is below it already
  /// sends one at the next allocation.
  public func setLowWaterMark(
    _ mark: DataBlocks, options: DmOptions = .privateDevice
  ) async throws(DmError) {
    try await change(options) { $0.lowWaterMark = mark }
  }

  /// Changes what becomes of a write when there is no free block: loads a table, then resumes.
  public func setNoSpacePolicy(
    _ policy: ThinPoolNoSpacePolicy, options: DmOptions = .privateDevice
  ) async throws(DmError) {
    try await change(options) { $0.features.noSpacePolicy = policy }
  }

  /// Changes what becomes of a discard: loads a table, then resumes.
  ///
  /// - Throws: ``DmError`` with `EINVAL` for a change from or to
  ///   ``DeviceMapperTargets/ThinPoolDiscard/ignore``, which the kernel refuses to a pool that is there.
  public func setDiscard(
    _ discard: ThinPoolDiscard, options: DmOptions = .privateDevice
  ) async throws(DmError) {
    try await change(options) { $0.features.discard = discard }
  }

  /// Changes whether new blocks are handed out without being zeroed: loads a table, then resumes.
  public func setSkipsBlockZeroing(
    _ skips: Bool, options: DmOptions = .privateDevice
  ) async throws(DmError) {
    try await change(options) { $0.features.skipsBlockZeroing = skips }
  }

  /// Changes whether the metadata may be changed: loads a table, then resumes.
  public func setReadOnly(
    _ isReadOnly: Bool, options: DmOptions = .privateDevice
  ) async throws(DmError) {
    try await change(options) { $0.features.isReadOnly = isReadOnly }
  }
}
