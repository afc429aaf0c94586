public import DeviceMapperTargets

/// A device with a checksum beside each sector, so that what was damaged is an error and not data.
///
/// The device below holds a superblock, which says how it was formatted, and how long the device can be:
/// without a length, functions take that one.
public typealias IntegrityDev = DmDevice<IntegrityTargetParams>

extension DmDevice<IntegrityTargetParams> {
  /// Formats a device and activates it; what was on it is lost.
  ///
  /// The kernel formats a device that begins with zeroes when a table of one block is loaded, and then
  /// the superblock says how long the real table can be: so the start is overwritten with zeroes, such a
  /// table is loaded and removed again, and the real one is loaded.
  ///
  /// A sector that was never written has no checksum, and reading it fails. With
  /// ``DeviceMapperTargets/IntegrityFeatures/recalculation``, the kernel makes the checksums of what is
  /// there; see ``waitUntilRecalculated(every:)``.
  ///
  /// - Parameters:
  ///   - dm: The context.
  ///   - name: The name of the device.
  ///   - uuid: The uuid of the device.
  ///   - parameters: The device below and how it is formatted.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name or uuid is taken, `EBUSY` if somebody
  ///   uses the device below.
  public static func format(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: IntegrityTargetParams,
    options: DmOptions = DmOptions()
  ) async throws(DmError) -> IntegrityDev {
    try requireAbsent(dm, name)
    let (device, start) = parameters.superblock
    try await device.clear(at: start, count: IntegritySuperblock.size)
    let block = Sectors(roundingDown: parameters.features.blockSize ?? 512) ?? 1
    let short = try await create(
      dm, name, parameters, length: block, options: .privateDevice)
    do { try await short.remove(options: .privateDevice) } catch {
      throw await error.undoing { await short.remove(undoing: &$0, .privateDevice) }
    }
    return try await create(dm, name, uuid: uuid, parameters, options: options)
  }

  /// Activates a device that was formatted; a step that fails is undone.
  ///
  /// - Parameters:
  ///   - dm: The context.
  ///   - name: The name of the device.
  ///   - uuid: The uuid of the device.
  ///   - parameters: The device below and how it was formatted.
  ///   - length: The length of the device, or `nil` for the one in the superblock.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/notFormatted`` if there is no superblock, with
  ///   ``DmError/Code/exists`` if the name or uuid is taken.
  public static func create(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: IntegrityTargetParams,
    length: Sectors? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) -> IntegrityDev {
    let table = try await table(name, parameters, length)
    return try await create(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Adopts a device that has an equivalent table, finishes one that was never resumed, or activates it.
  ///
  /// What the superblock says and not the table, such as the size of the journal, isn't compared.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/notFormatted`` if there is no superblock, with
  ///   ``DmError/Code/mismatch`` if there is another device of this name.
  public static func setup(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: IntegrityTargetParams,
    length: Sectors? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) -> IntegrityDev {
    let table = try await table(name, parameters, length)
    return try await setup(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Waits until the checksums of all sectors are made.
  @discardableResult
  public func waitUntilRecalculated(
    every interval: Duration = .milliseconds(100)
  ) async throws(DmError) -> IntegrityStatus {
    try await wait(every: interval) { status in
      guard let sector = status.recalculation.value else { return true }
      return sector >= status.providedSectors
    }
  }

  private static func table(
    _ name: DmName, _ parameters: IntegrityTargetParams, _ length: Sectors?
  ) async throws(DmError) -> TargetTable<IntegrityTargetParams> {
    if let length { return try table(name, length, parameters) }
    let (device, start) = parameters.superblock
    let bytes = try await device.bytes(at: start, count: IntegritySuperblock.size)
    guard let superblock = IntegritySuperblock(bytes) else {
      throw DmError(.notFormatted, device: .name(name))
    }
    return try table(name, superblock.providedSectors, parameters)
  }
}

extension IntegrityTargetParams {
  /// Where the superblock is.
  fileprivate var superblock: (DeviceReference, Sectors) { (features.metaDevice ?? device, start) }
}

/// What the kernel writes at the start of a formatted device, as far as it is of use here.
struct IntegritySuperblock: Equatable {
  /// The size in bytes of what is set aside for it.
  static let size = 4096

  /// How long the device can be.
  var providedSectors: Sectors

  /// Reads a superblock, or returns `nil` if there is none.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 512, bytes.starts(with: "integrt\0".utf8) else { return nil }
    let sectors = bytes.span.load(UInt64.self, at: 16)
    guard sectors > 0 else { return nil }
    providedSectors = Sectors(rawValue: UInt64(littleEndian: sectors))
  }
}
