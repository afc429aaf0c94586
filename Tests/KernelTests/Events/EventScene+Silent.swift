import DeviceMapper
import DeviceMapperTargets

extension EventScene {
  private static let often = Duration.milliseconds(20)

  /// 1,024 blocks of zeroes, with their hashes behind a superblock.
  private static let verity = """
    verity 1 {d} {hashes} 4096 4096 1024 1 sha256 \
    e7d0916bcbeaf184679c21f88941278aa8801548ddef9080082aeff575b66ba0 00
    """
  private static let format = "veritysetup format --salt=00 {d} {hashes}"

  /// Room for one slab beside an index of the smallest size.
  private static let vdo: [Step] = [
    .sparse("sparse", 5_761_704),
    .device(
      "vdo", 131_072,
      "vdo V4 {sparse} 720213 4096 32768 16380 indexMemory 0.25 slabSize 8192 deduplication off"),
  ]
  private static let formattingVdo = InterfaceVersion(major: 9, minor: 2, patch: 0)

  /// What happens to targets of which the kernel tells nothing, so that they are asked.
  static let silent = [
    EventScene(
      "dust falls and is swept", .dust, pollInterval: often,
      setting: [.part("d", 8192), .device("dust", 8192, "dust {d} 0 512")],
      Act(.message("dust", "enable"), tells: .dustEnabled),
      Act(.message("dust", "disable"), tells: .dustDisabled)),
    EventScene(
      "dust falls, and nobody asks", .dust,
      setting: [.part("d", 8192), .device("dust", 8192, "dust {d} 0 512")],
      Act(.message("dust", "enable"), .pause(.milliseconds(100)))),
    EventScene(
      "a record of writes ends", .logWrites, pollInterval: often,
      setting: [
        .part("d", 8192), .part("log", 1024), .device("record", 8192, "log-writes {d} {log}"),
      ],
      Act(.shatter("log"), .message("record", "mark here"), tells: .logWritesStopped)),
    EventScene(
      "the cache of a writecache fails", .writecache, pollInterval: often,
      setting: [
        .part("d", 32768), .part("fast", 8192),
        .device("writecache", 32768, "writecache s {d} {fast} 4096 0"),
      ],
      Act(.shatter("fast"), .write("writecache", 0..<4), tells: .writecacheFailed)),
    EventScene(
      "sectors have no checksum", .integrity, pollInterval: often,
      setting: [
        .part("d", 16384),
        .device("integrity", 8192, "integrity {d} 0 - J 1 internal_hash:sha256"),
        .write("integrity", 0..<1),
      ],
      Act(.read("integrity", 0..<1)),
      Act(.read("integrity", 1..<2), tells: .integrityMismatch),
      Act(.read("integrity", 1..<2), tells: .integrityMismatch)),
    EventScene(
      "sectors get their checksums", .integrity, pollInterval: often,
      setting: [.part("d", 32768), .device("slow", 32768, "delay {d} 0 50")],
      Act(
        .device("integrity", 8192, "integrity {slow} 0 - J 2 internal_hash:sha256 recalculate"),
        tells: .integrityRecalculated)),
    EventScene(
      "data is corrupted under its hash tree", .verity, pollInterval: often,
      setting: [
        .part("d", 8192), .part("hashes", 1024), .run(format),
        .readOnlyDevice("verity", 8192, verity), .read("verity", 0..<1),
      ],
      Act(.write("d", 1..<2), .read("verity", 1..<2), tells: .verityCorrupted)),
    EventScene(
      "data is corrupted and repaired", .verity, pollInterval: often,
      optional: (.verity, InterfaceVersion(major: 1, minor: 13, patch: 0)),
      setting: [
        .part("d", 8192), .part("hashes", 1024), .part("fec", 1024),
        .run("\(format) --fec-device={fec} --fec-roots=24"),
        .readOnlyDevice(
          "verity", 8192,
          "\(verity) 8 use_fec_from_device {fec} fec_roots 24 fec_blocks 1151 fec_start 0"),
        .read("verity", 0..<1),
      ],
      Act(.write("d", 1..<2), .read("verity", 1..<2), tells: .verityCorrected)),
    EventScene(
      "a vdo runs full", .vdo, pollInterval: often, optional: (.vdo, formattingVdo), setting: vdo,
      Act(.run("dd if=/dev/urandom of={vdo} bs=64k oflag=direct || true"), tells: .vdoOverflow)),
    EventScene(
      "a vdo can't write", .vdo, pollInterval: often, optional: (.vdo, formattingVdo), setting: vdo,
      Act(.shatter("sparse"), .write("vdo", 0..<1), tells: .vdoReadOnly)),
  ]
}
