import DeviceMapperTargets
import Testing

struct ConversionTests {
  @Test func `the greatest number of sectors in bytes comes back and one byte more doesn't fit`() {
    let bytes = Sectors.max.bytes
    #expect(bytes == Bytes(UInt128(UInt64.max) * 512))
    #expect(Sectors(exactly: bytes) == .max)
    #expect(Sectors(exactly: bytes + Sectors.sectorSize) == nil)
    #expect(Sectors(roundingDown: bytes + 511) == .max)
    #expect(Sectors(roundingDown: bytes + 512) == nil)
    #expect(Sectors(roundingUp: bytes + 1) == nil)
    #expect(Sectors(roundingDown: .max) == nil)
    #expect(Sectors(roundingUp: .max) == nil)
  }

  @Test(
    arguments: [
      (Bytes(0), Sectors(0), Sectors(0)), (1, 0, 1), (511, 0, 1), (512, 1, 1), (513, 1, 2),
    ] as [(Bytes, Sectors, Sectors)])
  func `bytes round to sectors`(bytes: Bytes, down: Sectors, up: Sectors) {
    #expect(Sectors(roundingDown: bytes) == down)
    #expect(Sectors(roundingUp: bytes) == up)
    #expect(Sectors(exactly: bytes) == (down == up ? down : nil))
  }

  @Test(
    arguments: [
      (Sectors(0), MetaBlocks(0), MetaBlocks(0)), (1, 0, 1), (7, 0, 1), (8, 1, 1), (9, 1, 2),
      (.max, 2_305_843_009_213_693_951, 2_305_843_009_213_693_952),
    ] as [(Sectors, MetaBlocks, MetaBlocks)])
  func `sectors round to meta blocks`(sectors: Sectors, down: MetaBlocks, up: MetaBlocks) {
    #expect(MetaBlocks(roundingDown: sectors) == down)
    #expect(MetaBlocks(roundingUp: sectors) == up)
    #expect(MetaBlocks(exactly: sectors) == (down == up ? down : nil))
  }

  @Test func `meta blocks have sectors and bytes`() {
    #expect(MetaBlocks(3).sectors == 24)
    #expect(MetaBlocks(3).bytes == 12_288)
    #expect(MetaBlocks.max.sectors == nil)
    #expect(MetaBlocks.max.bytes == Bytes(UInt128(UInt64.max) * 4096))
    #expect(MetaBlocks(exactly: Bytes(8192)) == 2)
    #expect(MetaBlocks(exactly: Bytes(8193)) == nil)
    #expect(MetaBlocks(roundingUp: Bytes(8193)) == 3)
  }

  @Test(
    arguments: [
      (Sectors(0), Sectors(128), DataBlocks(0), DataBlocks(0)),
      (127, 128, 0, 1), (128, 128, 1, 1), (129, 128, 1, 2), (.max, 1, .max, .max),
      (.max, 2, 9_223_372_036_854_775_807, 9_223_372_036_854_775_808),
    ] as [(Sectors, Sectors, DataBlocks, DataBlocks)])
  func `sectors round to data blocks of a size`(
    sectors: Sectors, blockSize: Sectors, down: DataBlocks, up: DataBlocks
  ) {
    #expect(DataBlocks(roundingDown: sectors, blockSize: blockSize) == down)
    #expect(DataBlocks(roundingUp: sectors, blockSize: blockSize) == up)
    #expect(DataBlocks(exactly: sectors, blockSize: blockSize) == (down == up ? down : nil))
  }

  @Test func `data blocks of no size are none`() {
    #expect(DataBlocks(exactly: 0, blockSize: 0) == nil)
    #expect(DataBlocks(roundingDown: 8, blockSize: 0) == nil)
    #expect(DataBlocks(roundingUp: 8, blockSize: 0) == nil)
  }

  @Test func `data blocks have sectors and bytes`() {
    #expect(DataBlocks(3).sectors(blockSize: 128) == 384)
    #expect(DataBlocks(3).bytes(blockSize: 128) == 196_608)
    #expect(DataBlocks.max.sectors(blockSize: 2) == nil)
    #expect(DataBlocks.max.bytes(blockSize: 128) == Bytes(UInt128(UInt64.max) * 65_536))
    #expect(DataBlocks.max.bytes(blockSize: .max) == nil)
  }
}
