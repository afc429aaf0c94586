import DeviceMapper
import DeviceMapperTargets

extension EventScene {
  private static let noSpace = "2 skip_block_zeroing error_if_no_space"

  /// A pool of 64 blocks with a mark at 16, on metadata that can be made to fail, and a thin device.
  private static let smallPool: [Step] = [
    .part("m", 16384), .device("meta", 16384, "linear {m} 0"),
    .part("d", 16384), .device("data", 8192, "linear {d} 0"),
    .device("pool", 8192, "thin-pool {meta} {data} 128 16 \(noSpace)"),
    .message("pool", "create_thin 0"), .device("thin", 32768, "thin {pool} 0"),
  ]

  /// What happens to pools.
  static let pools = [
    EventScene(
      "a pool runs low, runs full and is extended", .thin,
      setting: smallPool,
      // The kernel notices at the request that finds no more than the mark.
      Act(.write("thin", 0..<48)),
      Act(.write("thin", 48..<49), tells: .thinLowWater),
      Act(.write("thin", 49..<64)),
      Act(.write("thin", 64..<65), tells: .thinOverflow),
      Act(
        .table("data", 16384, "linear {d} 0"),
        .table("pool", 16384, "thin-pool {meta} {data} 128 16 \(noSpace)"),
        tells: .thinRecovered),
      // The next time is another time.
      Act(.write("thin", 64..<112)),
      Act(.write("thin", 112..<113), tells: .thinLowWater)),
    EventScene(
      "a pool is below its mark from the beginning", .thin,
      setting: Array(smallPool.prefix(4)),
      Act(.device("pool", 8192, "thin-pool {meta} {data} 128 64 0"), tells: .thinLowWater)),
    EventScene(
      "a pool runs out of metadata", .thin,
      setting: [
        .part("meta", 512), .device("data", 4_194_304, "zero"),
        .device("pool", 4_194_304, "thin-pool {meta} {data} 128 0 1 skip_block_zeroing"),
        .message("pool", "create_thin 0"), .device("thin", 8_388_608, "thin {pool} 0"),
      ],
      Act(.write("thin", 0..<8000), tells: .thinMetadataLow),
      Act(.write("thin", 8000..<16000), tells: .thinReadOnly, .thinNeedsCheck)),
    EventScene(
      "a pool can't write its metadata", .thin, setting: smallPool,
      Act(
        .table("meta", 16384, "flakey {m} 0 0 60 1 error_writes"), .write("thin", 0..<1),
        .flush("pool"), tells: .thinReadOnly, .thinNeedsCheck)),
    EventScene(
      "a pool loses its metadata", .thin, setting: smallPool,
      Act(.shatter("meta"), .write("thin", 0..<1), .flush("pool"), tells: .thinFailed)),
  ]
}
