public import DeviceMapperTargets

/// A device that can't be written and whose every block is checked when it is read.
public typealias VerityDev = DmDevice<VerityTargetParams>

extension DmDevice<VerityTargetParams> {
  /// Creates a device and activates it; a step that fails is undone.
  ///
  /// Nothing is checked before it is read;
  /// ``DeviceMapperTargets/VerityStatus/state`` says whether all that was read so far is valid.
  ///
  /// - Parameters:
  ///   - dm: The context.
  ///   - name: The name of the device.
  ///   - uuid: The uuid of the device.
  ///   - parameters: The data, the tree of hashes and its root; see
  ///     ``DeviceMapperTargets/VerityTargetParams/reading(_:at:dataDevice:rootDigest:options:)``.
  ///   - length: The length of the device, or `nil` for all blocks of data.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name or uuid is taken.
  public static func create(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: VerityTargetParams,
    length: Sectors? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) -> VerityDev {
    let table = try table(name, length ?? parameters.dataLength, parameters)
    return try await create(dm, name, uuid: uuid, table: table, readOnly: true, options: options)
  }

  /// Adopts a device that has an equivalent table, finishes one that was never resumed, or creates it.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/mismatch`` and both tables, or both uuids, if there is
  ///   another device of this name.
  public static func setup(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: VerityTargetParams,
    length: Sectors? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) -> VerityDev {
    let table = try table(name, length ?? parameters.dataLength, parameters)
    return try await setup(dm, name, uuid: uuid, table: table, readOnly: true, options: options)
  }
}

extension VerityTargetParams {
  /// The length of all blocks of data.
  var dataLength: Sectors {
    Sectors(roundingDown: dataBlockSize * dataBlocks.rawValue) ?? .max
  }

  /// The parameters of what `veritysetup format` has made: from the superblock in front of the hashes.
  ///
  /// The superblock isn't trusted: whatever stands in it, no block is read that doesn't lead to the root
  /// digest, which has to come from somewhere else.
  ///
  /// - Parameters:
  ///   - hashDevice: The device with the superblock and the hashes.
  ///   - offset: Where the superblock is, as `veritysetup --hash-offset` has it.
  ///   - dataDevice: The device with the data, which may be the same.
  ///   - rootDigest: The root of the tree, which `veritysetup format` prints.
  ///   - options: How the device differs from the default.
  /// - Throws: ``DeviceMapper/DmError`` with ``DeviceMapper/DmError/Code/notFormatted`` if there is no
  ///   superblock.
  public static func reading(
    _ hashDevice: DeviceReference, at offset: Bytes = 0, dataDevice: DeviceReference,
    rootDigest: HexBytes, options: VerityOptions = VerityOptions()
  ) async throws(DmError) -> VerityTargetParams {
    // A block of a disk may be as long as a page; the superblock lies in one.
    let start = Int(truncatingIfNeeded: offset.rawValue % 4096)
    let page = Sectors(roundingDown: Bytes(offset.rawValue - UInt128(start))) ?? .max
    let bytes = try await hashDevice.bytes(at: page, count: 4096)
    guard let superblock = VeritySuperblock(bytes.dropFirst(start)) else {
      throw DmError(.notFormatted, device: try .device(hashDevice.resolved()))
    }
    do throws(ParameterError) {
      return try VerityTargetParams(
        version: superblock.version, dataDevice: dataDevice, hashDevice: hashDevice,
        dataBlockSize: superblock.dataBlockSize, hashBlockSize: superblock.hashBlockSize,
        dataBlocks: superblock.dataBlocks, hashStart: superblock.hashStart(behind: offset),
        algorithm: superblock.algorithm, rootDigest: rootDigest, salt: superblock.salt,
        options: options)
    } catch {
      throw DmError(.invalidParameters, context: .parameters(error))
    }
  }
}

/// What `veritysetup format` writes in front of the hashes.
struct VeritySuperblock: Equatable {
  var version: VerityTargetParams.Version
  var algorithm: TargetWord
  var dataBlockSize: Bytes
  var hashBlockSize: Bytes
  var dataBlocks: DataBlocks
  var salt: HexBytes?

  /// Reads a superblock, or returns `nil` if there is none.
  init?(_ slice: ArraySlice<UInt8>) {
    let bytes = slice.span
    guard bytes.count >= 512, slice.starts(with: "verity\0\0".utf8),
      UInt32(littleEndian: bytes.load(UInt32.self, at: 8)) == 1
    else { return nil }
    switch UInt32(littleEndian: bytes.load(UInt32.self, at: 12)) {
    case 0: version = .chromiumOS
    case 1: version = .normal
    default: return nil
    }
    let name = slice.dropFirst(32).prefix(32).prefix { $0 != 0 }
    guard let word = TargetWord(bytes: name.span) else { return nil }
    algorithm = word
    dataBlockSize = Bytes(UInt64(UInt32(littleEndian: bytes.load(UInt32.self, at: 64))))
    hashBlockSize = Bytes(UInt64(UInt32(littleEndian: bytes.load(UInt32.self, at: 68))))
    dataBlocks = DataBlocks(rawValue: UInt64(littleEndian: bytes.load(UInt64.self, at: 72)))
    let saltSize = Int(UInt16(littleEndian: bytes.load(UInt16.self, at: 80)))
    guard saltSize <= 256, hashBlockSize > 0 else { return nil }
    salt = HexBytes([UInt8](slice.dropFirst(88).prefix(saltSize)))
  }

  /// The first block of hashes: the one behind that of the superblock.
  func hashStart(behind offset: Bytes) -> HashBlocks {
    let size = hashBlockSize.rawValue
    return HashBlocks(
      rawValue: UInt64(truncatingIfNeeded: (offset.rawValue + 512 + size - 1) / size))
  }
}
