import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

/// Parts of the disks, of which devices of tests are put together.
extension DmDevice<LinearDevTargetParams> {
  /// Creates a private device from a range of a disk.
  static func part(
    _ dm: DM, _ suffix: String, of disk: TestDisk, from start: Sectors = 0, length: Sectors
  ) async throws -> LinearDev {
    try await create(
      dm, .test(suffix), table: .range(of: disk, from: start, length: length),
      options: .privateDevice)
  }

  /// How a table refers to the device.
  func reference() throws -> DeviceReference { .number(try device()) }
}

extension DmDevice {
  /// Zeroes at the beginning of the device, which many targets take for metadata to be formatted.
  func wipe() async throws {
    try await run(
      "dd", "if=/dev/zero", "of=\(devnode())", "bs=64k", "count=1", "oflag=direct", "status=none")
  }

  /// Writes blocks of 64 KiB full of one letter.
  func write(_ letter: String, block: Int = 0, count: Int = 1) async throws {
    try await run(
      "sh", "-c",
      """
      tr '\\0' \(letter) < /dev/zero | dd of=\(devnode()) bs=64k seek=\(block) count=\(count) \
      iflag=fullblock oflag=direct conv=notrunc status=none
      """)
  }

  /// The first byte of a block of 64 KiB, `nil` if it is a zero.
  func letter(block: Int = 0) async throws -> Character? {
    let text = try await run(
      "sh", "-c",
      "dd if=\(devnode()) bs=64k skip=\(block) count=1 iflag=direct status=none | head -c 1")
    return text.first { $0 != "\0" }
  }
}

extension TargetTable<LinearDevTargetParams> {
  /// A table over a range of a disk.
  static func range(
    of disk: TestDisk, from start: Sectors = 0, length: Sectors
  ) throws -> LinearDevTargetTable {
    try TargetTable(
      length: length, .linear(LinearTargetParams(device: .number(disk.device), start: start)))
  }
}
