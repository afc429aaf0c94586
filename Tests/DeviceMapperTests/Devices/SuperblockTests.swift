import DeviceMapperTargets
import Testing

@testable import DeviceMapper

struct SuperblockTests {
  /// A superblock with these bytes at these places, and zeroes.
  private static func block(_ parts: (Int, [UInt8])..., size: Int = 4096) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    for (place, part) in parts { bytes.replaceSubrange(place..<place + part.count, with: part) }
    return bytes
  }

  private static let integrity: (Int, [UInt8]) = (0, Array("integrt\0".utf8))

  @Test func `an integrity superblock says how long the device can be`() {
    let bytes = Self.block(Self.integrity, (16, [0x00, 0x78, 0, 0]))
    #expect(IntegritySuperblock(bytes)?.providedSectors == 30720)
  }

  @Test(arguments: [
    block(), block(integrity), block((0, Array("integrit".utf8)), (16, [1])),
    Array("integrt\0".utf8),
    [],
  ])
  func `what is no integrity superblock isn't taken for one`(bytes: [UInt8]) {
    #expect(IntegritySuperblock(bytes) == nil)
  }

  /// A superblock of veritysetup with an other part.
  private static func verity(_ parts: (Int, [UInt8])...) -> [UInt8] {
    var bytes = block(
      (0, Array("verity\0\0".utf8)), (8, [1]), (12, [1]), (32, Array("sha256".utf8)),
      (64, [0, 4]), (68, [0, 0x10]), (72, [0, 2]), (80, [2]), (88, [0xab, 0xcd]), size: 512)
    for (place, part) in parts { bytes.replaceSubrange(place..<place + part.count, with: part) }
    return bytes
  }

  @Test func `a verity superblock says everything but the root`() throws {
    let superblock = try #require(VeritySuperblock(Self.verity()[...]))
    #expect(superblock.version == .normal)
    #expect(superblock.algorithm == "sha256")
    #expect(superblock.dataBlockSize == 1024)
    #expect(superblock.hashBlockSize == 4096)
    #expect(superblock.dataBlocks == 512)
    #expect(superblock.salt == HexBytes([0xab, 0xcd]))
    for (offset, start) in [(0, 1), (3584, 1), (4096, 2), (4608, 2)] as [(Bytes, HashBlocks)] {
      #expect(superblock.hashStart(behind: offset) == start, "\(offset)")
    }
  }

  @Test func `a superblock may have no salt and be in a slice`() {
    let bytes = [9, 9] + Self.verity((80, [0]))
    let superblock = VeritySuperblock(bytes.dropFirst(2))
    #expect(superblock != nil)
    #expect(superblock?.salt == nil)
  }

  @Test(arguments: [
    verity((0, [0])), verity((8, [2])), verity((12, [2])), verity((32, [0])),
    verity((68, [0, 0])), verity((80, [1, 1])), Array(verity().dropLast()), [],
  ])
  func `what is no verity superblock isn't taken for one`(bytes: [UInt8]) {
    #expect(VeritySuperblock(bytes[...]) == nil)
  }
}
