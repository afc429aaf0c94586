import DeviceMapper
import DeviceMapperTargets
import TestSupport

extension TargetTable<LinearDevTargetParams> {
  /// A table over a range of a disk.
  static func range(
    of disk: TestDisk, from start: Sectors = 0, length: Sectors
  ) throws -> LinearDevTargetTable {
    try TargetTable(
      length: length, .linear(LinearTargetParams(device: .number(disk.device), start: start)))
  }
}

extension DmDevice {
  /// Writes blocks of 64 KiB full of one letter.
  func write(_ letter: Unicode.Scalar, block: Int = 0, count: Int = 1) throws {
    try fill(UInt8(ascii: letter), at: block * 65536, count: count * 65536)
  }

  /// The letter with which a block of 64 KiB begins, `nil` for a zero.
  func letter(block: Int = 0) throws -> Character? {
    let byte = try bytes(at: block * 65536)[0]
    return byte == 0 ? nil : Character(Unicode.Scalar(byte))
  }
}
