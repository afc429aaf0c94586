import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

/// A thin pool, with its metadata on a part of the first disk and its data on one of the second.
struct TestPool {
  static let block: Sectors = 128

  let dm: DM
  let disks: (TestDisk, TestDisk)
  let metadata: LinearDev
  let data: LinearDev
  let pool: ThinPoolDev

  /// Creates a pool of fresh metadata; 1024 blocks of metadata and 128 of data unless told otherwise.
  init(
    _ dm: DM, metadataLength: Sectors = 8192, dataLength: Sectors = 16384,
    blockSize: Sectors = block, lowWaterMark: DataBlocks = 0,
    features: ThinPoolFeatures = ThinPoolFeatures()
  ) async throws {
    self.dm = dm
    disks = try await TestDisk.two()
    metadata = try await disks.0.cut(dm, ["metadata": metadataLength])[0]
    data = try await disks.1.cut(dm, ["data": dataLength])[0]
    pool = try await ThinPoolDev.create(
      dm, .test("pool"),
      ThinPoolTargetParams(
        metadataDevice: metadata.reference, dataDevice: data.reference,
        dataBlockSize: blockSize, lowWaterMark: lowWaterMark, features: features))
  }

  /// What the pool says of itself; with everything on its disk that has happened so far.
  func working() throws -> ThinPoolWorkingStatus {
    let status = try pool.status(options: DmOptions())
    if case .working(let working) = status { return working }
    return try #require(nil, "the pool says \(status)")
  }

  /// Creates a thin device, of 64 blocks unless told otherwise.
  func thin(_ suffix: String, _ id: ThinDevId, length: Sectors = 8192) async throws -> ThinDev {
    try await ThinDev.create(dm, .test(suffix), pool: pool, thinId: id, length: length)
  }

  /// Makes the data device longer, and the pool with it.
  func extendData(to length: Sectors) async throws {
    try await pool.extendData(data, to: .range(of: disks.1, length: length))
  }
}

extension DmDevice<ThinTargetParams> {
  /// What the device says of itself.
  func working() throws -> ThinDevWorkingStatus {
    let status = try status(options: DmOptions())
    if case .working(let working) = status { return working }
    return try #require(nil, "the device says \(status)")
  }
}
