import DeviceMapperTargets
import Testing

/// What the documentation shows of quantities.
struct UnitsTests {
  @Test func `units don't mix and convert only explicitly`() throws {
    let length = try Sectors("1.5 GiB")
    let block: Sectors = 128
    print(length, length.iec, length / block)  // 3145728 sectors 1.5 GiB 24576

    let blocks = DataBlocks(exactly: length, blockSize: block)  // 24576 data blocks
    let odd = Sectors(exactly: Bytes(1000))  // nil: no whole number of sectors
    let enough = Sectors(roundingUp: Bytes(1000))  // 2 sectors
    let sum = length.addingChecked(.max)  // nil: too many
    #expect(length / block == 24576)
    #expect("\(length) \(length.iec)" == "3145728 sectors 1.5 GiB")
    #expect(blocks == 24576)
    #expect(odd == nil)
    #expect(enough == 2)
    #expect(sum == nil)
  }
}
