import DeviceMapper
import DeviceMapperTargets
import Glibc
import SystemPackage
import TestSupport
import Testing

/// A zoned disk in memory, prepared for the target `zoned` as `dmzadm` does it: 32 zones of 4 MiB, of which
/// the first 8 take writes anywhere.
struct ZonedDisk {
  private static let zones = 32
  private static let zoneBlocks = 1024
  private static let name = "swift-test-zoned"
  private static let folder = FilePath("/sys/kernel/config/nullb/\(name)")

  let device: Device
  let size: Sectors

  /// Makes the disk, calls `body`, and takes the disk away again.
  static func with(_ body: (ZonedDisk) async throws -> Void) async throws {
    try Errno.check(unsafe mkdir(folder.string, 0o755))
    defer { unsafe rmdir(folder.string) }
    for (attribute, value) in [
      ("size", 128), ("blocksize", 4096), ("memory_backed", 1), ("zoned", 1), ("zone_size", 4),
      ("zone_nr_conv", 8), ("power", 1),
    ] {
      try set(attribute, value)
    }
    let node = FilePath("/dev/\(name)")
    #expect(await eventually { node.kind != nil })
    let device = try #require(try devnodeToDevno(node))
    try format(node)
    let result: Result<Void, any Error>
    do {
      result = .success(try await body(ZonedDisk(device: device, size: try device.size())))
    } catch { result = .failure(error) }
    try await TestDevices.removeAll()
    try set("power", 0)
    try result.get()
  }

  private static func set(_ attribute: String, _ value: Int) throws {
    let file = try FileDescriptor.open(
      folder.appending(attribute), .writeOnly, options: .closeOnExec)
    try file.closeAfter { _ = try file.writeAll("\(value)".utf8) }
  }

  /// Writes the two copies of the metadata, each in a zone of its own.
  private static func format(_ node: FilePath) throws {
    let file = try FileDescriptor.open(node, .readWrite, options: .closeOnExec)
    try file.closeAfter {
      for zone in 0..<2 {
        let start = zone * zoneBlocks
        // No chunk of data has a zone yet, and no block in a zone is valid.
        let metadata =
          superblock(at: UInt64(start)) + [UInt8](repeating: 0xff, count: 4096)
          + [UInt8](repeating: 0, count: 4096 * zones)
        try file.writeAll(toAbsoluteOffset: Int64(start) * 4096, metadata)
      }
      try Errno.check(fsync(file.rawValue))
    }
  }

  /// A superblock of the first version: a block whose checksum begins with the generation.
  private static func superblock(at block: UInt64) -> [UInt8] {
    let reserved = 2
    var bytes: [UInt8] = []
    func append(_ value: some FixedWidthInteger) {
      unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }
    let (version, generation) = (1 as UInt32, 1 as UInt64)
    append(0x445a_4244 as UInt32)
    append(version)
    append(generation)
    append(block)
    // The blocks of metadata, reserved zones, chunks, blocks of the mapping and of the bitmaps, checksum.
    for value in [1 + 1 + zones, reserved, zones - 2 - reserved, 1, zones, 0] {
      append(UInt32(value))
    }
    bytes += [UInt8](repeating: 0, count: 4096 - bytes.count)
    let checksum = bytes.reduce(UInt32(generation)) { checksum, byte in
      (0..<8).reduce(checksum ^ UInt32(byte)) { value, _ in
        value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xedb8_8320
      }
    }
    unsafe withUnsafeBytes(of: checksum.littleEndian) {
      unsafe bytes.replaceSubrange(44..<48, with: $0)
    }
    return bytes
  }
}
