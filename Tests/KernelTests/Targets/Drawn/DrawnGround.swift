import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

/// What drawn tables stand on beside legs, made before a table is loaded.
struct DrawnGround: Sendable {
  /// The device that may be made.
  static let name = DmName.test("ground")
  /// The same in a table.
  static var device: DeviceReference {
    get throws { try #require(DeviceReference("/dev/mapper/\(name)")) }
  }
  /// How long the line of a ``vdo`` is, and how many blocks are below.
  static let vdoSizes: (length: Sectors, blocks: VdoBlocks) = (131_072, 720_213)

  /// How many legs it takes, the last ones, which tables don't get.
  let legCount: Int
  /// Makes what a table stands on.
  let prepare:
    @Sendable (DM, _ legs: [DeviceReference], TargetTable<AnyTarget>) async throws -> Void

  /// A pool with the thin devices of a table.
  static let pool = DrawnGround(legCount: 2) { dm, legs, table in
    let pool = try await ThinPoolDev.create(
      dm, name,
      ThinPoolTargetParams(
        metadataDevice: legs[0], dataDevice: legs[1], dataBlockSize: 128, lowWaterMark: 0))
    let ids = table.lines.compactMap { line -> ThinDevId? in
      if case .thin(.params(let params)) = line.content { params.thinId } else { nil }
    }
    for id in Set(ids) { try pool.send(.createThin(id)) }
  }

  /// A device with the tags of a table of `crypt`.
  static let tags = DrawnGround(legCount: 1) { dm, legs, table in
    guard case .crypt(let params) = table.lines[0].content else { return }
    if try dm.deviceExists(.name(name)) {
      try await dm.deviceRemove(.name(name), options: .privateDevice)
    }
    var features = IntegrityFeatures()
    features.blockSize = params.features.sectorSize
    let tagged = try IntegrityTargetParams(
      device: legs[0], tagSize: params.features.integrity?.tagSize, features: features)
    _ = try await IntegrityDev.format(dm, name, tagged, options: .privateDevice)
  }

  /// The keys of a table of `crypt`.
  static let keys = DrawnGround(legCount: 0) { _, _, table in
    let keys = table.lines.compactMap { line -> KeyringKey? in
      guard case .crypt(let params) = line.content, case .keyring(let key) = params.key else {
        return nil
      }
      return key
    }
    try await TestKeyring.add(Set(keys))
  }

  /// A device with room for one slab beside an index of the smallest size, formatted.
  static let vdo = DrawnGround(legCount: 0) { dm, _, _ in
    if try dm.deviceExists(.name(name)) { return }
    let length = try #require(vdoSizes.blocks.sectors)
    _ = try await TestLoop.sparseDevice(dm, "ground", length: length)
    let params = try VdoTargetParams(
      device: device, physicalBlocks: vdoSizes.blocks,
      options: VdoOptions(indexMemory: .quarter, slabSize: 8192))
    // The first table of all is what formats.
    _ = try dm.deviceCreate(.test("format"))
    try dm.tableLoad(.test("format"), TargetTable(length: vdoSizes.length, AnyTarget.vdo(params)))
    try await dm.deviceRemove(.test("format"))
  }
}
