public import DeviceMapperTargets

/// A device whose content is encrypted on the device below.
///
/// A table with a key is sent in a way that the kernel wipes its copy, and so do these functions; keys
/// that lie in values are their owner's to forget. A key of the key ring isn't in the table at all.
public typealias CryptDev = DmDevice<CryptTargetParams>

extension DmDevice<CryptTargetParams> {
  /// Creates a device and activates it; a step that fails is undone.
  ///
  /// The kernel doesn't know whether a key is the right one: with a wrong one the content is noise.
  ///
  /// - Parameters:
  ///   - dm: The context.
  ///   - name: The name of the device.
  ///   - uuid: The uuid of the device.
  ///   - parameters: The cipher, the key and the device below.
  ///   - length: The length of the device, or `nil` for all of the device below from the start on.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name or uuid is taken, `EINVAL` if the
  ///   kernel has no such cipher or the key's length is none of it, `ENOKEY` if the key ring hasn't
  ///   the key.
  public static func create(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: CryptTargetParams,
    length: Sectors? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) -> CryptDev {
    let table = try table(name, parameters, length)
    return try await create(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Adopts a device that has an equivalent table, finishes one that was never resumed, or creates it.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/mismatch`` and both tables, whose keys aren't shown, or
  ///   both uuids, if there is another device of this name.
  public static func setup(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: CryptTargetParams,
    length: Sectors? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) -> CryptDev {
    let table = try table(name, parameters, length)
    return try await setup(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Stops I/O and has the kernel forget the key; what is in the page cache stays there.
  ///
  /// The device waits until ``setKey(_:)`` gives it the key again, as before a machine sleeps. If the
  /// kernel keeps the key, the device is resumed, unless its owner had suspended it.
  public func wipeKey() async throws(DmError) {
    let wasSuspended = try info().isSuspended
    if !wasSuspended { try await suspend() }
    do { try send(.wipeKey) } catch {
      throw await error.undoing { if !wasSuspended { await resume(undoing: &$0) } }
    }
  }

  /// Gives a suspended device a key and resumes it.
  ///
  /// - Parameter key: The key, of the same length as before.
  public func setKey(_ key: KeySpecification) async throws(DmError) {
    try send(.setKey(key))
    try await resume()
  }

  private static func table(
    _ name: DmName, _ parameters: CryptTargetParams, _ length: Sectors?
  ) throws(DmError) -> TargetTable<CryptTargetParams> {
    if let length { return try table(name, length, parameters) }
    let size = try parameters.device.resolved().size()
    guard parameters.start < size else {
      throw DmError(
        .invalidParameters, device: .name(name),
        context: .parameters(ParameterError(.crypt, "start", rule: "on the device")))
    }
    return try table(name, size - parameters.start, parameters)
  }
}
