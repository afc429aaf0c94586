public import DeviceMapperTargets

/// A thin device: an address space whose blocks come from a pool when they are first written.
public typealias ThinDev = DmDevice<ThinTargetParams>

extension DmDevice<ThinTargetParams> {
  /// Creates an empty thin device in a pool and activates it; a step that fails is undone.
  ///
  /// - Parameters:
  ///   - dm: The context.
  ///   - name: The name of the device.
  ///   - uuid: The uuid of the device.
  ///   - pool: The pool of the device.
  ///   - thinId: The id in the pool, which no other device of the pool may have.
  ///   - length: The length of the device, which may be more than the pool has.
  ///   - externalOrigin: A device to read from where this one has no block, which must not change.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name, the uuid or the id is taken.
  public static func create(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, pool: ThinPoolDev, thinId: ThinDevId,
    length: Sectors, externalOrigin: DeviceReference? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) -> ThinDev {
    let table = try table(
      name, pool: pool, thinId: thinId, length: length, externalOrigin: externalOrigin)
    try requireAbsent(dm, name)
    return try await withNewThin(
      pool, thinId, .createThin(thinId)
    ) { () async throws(DmError) in
      try await create(dm, name, uuid: uuid, table: table, options: options)
    }
  }

  /// Adopts a device that has an equivalent table, finishes one that was never resumed, or activates a
  /// thin device that is in the pool already.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/mismatch`` if there is another device of this name, with
  ///   `ENODATA` if the pool has no such thin device.
  public static func setup(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, pool: ThinPoolDev, thinId: ThinDevId,
    length: Sectors, externalOrigin: DeviceReference? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) -> ThinDev {
    let table = try table(
      name, pool: pool, thinId: thinId, length: length, externalOrigin: externalOrigin)
    return try await setup(dm, name, uuid: uuid, table: table, options: options)
  }

  private static func table(
    _ name: DmName, pool: ThinPoolDev, thinId: ThinDevId, length: Sectors,
    externalOrigin: DeviceReference?
  ) throws(DmError) -> TargetTable<ThinTargetParams> {
    let pool = DeviceReference.number(try pool.device())
    let params: ThinTargetParams
    do {
      params = try ThinTargetParams(pool: pool, thinId: thinId, externalOrigin: externalOrigin)
    } catch {
      throw DmError(.invalidParameters, device: .name(name), context: .parameters(error))
    }
    return try table(name, length, params)
  }

  /// The id of the device in its pool.
  public func thinId() throws(DmError) -> ThinDevId { try parameters().thinId }

  /// Changes the length of the device: loads a table, then resumes.
  ///
  /// Blocks beyond a smaller length stay mapped until the device is destroyed.
  public func resize(
    to length: Sectors, options: DmOptions = DmOptions()
  ) async throws(DmError) {
    let table = try Self.table(name, length, parameters())
    try await setTable(table, options: options)
  }
}
