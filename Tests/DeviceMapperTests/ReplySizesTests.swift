import DeviceMapper
import Testing

struct ReplySizesTests {
  @Test func `the first buffers are small`() {
    let sizes = ReplySizes()
    #expect(sizes.size(for: .listDevices) == ReplySizes.list)
    for command in [DmCommand.tableDeps, .tableStatus] {
      #expect(sizes.size(for: command) == ReplySizes.status)
    }
    for command in [DmCommand.listVersions, .targetMessage] {
      #expect(sizes.size(for: command) == ReplySizes.message)
    }
  }

  @Test(arguments: [(1024, 16_384), (4096, 16_384), (16_384, 65_536), (1 << 27, 1 << 28)])
  func `a reply that doesn't fit is tried with much more room`(size: Int, next: Int) {
    #expect(ReplySizes.larger(size) == next)
  }

  @Test func `a size grows with the reply at once, and a little more`() {
    let sizes = ReplySizes()
    sizes.note(100_000, for: .listDevices)
    #expect(sizes.size(for: .listDevices) == 106_496)
    #expect(sizes.size(for: .tableStatus) == ReplySizes.status)
  }

  @Test func `a size that was needed stays while replies need more than a quarter`() {
    let sizes = ReplySizes()
    sizes.note(65_536, for: .tableStatus)
    for _ in 0..<10 { sizes.note(17_408, for: .tableStatus) }
    #expect(sizes.size(for: .tableStatus) == 69_632)
  }

  @Test func `a size shrinks by half a reply, down to where it began`() {
    let sizes = ReplySizes()
    sizes.note(65_536, for: .listDevices)
    sizes.note(400, for: .listDevices)
    #expect(sizes.size(for: .listDevices) == 34_816)
    for _ in 0..<10 { sizes.note(400, for: .listDevices) }
    #expect(sizes.size(for: .listDevices) == ReplySizes.list)
  }

  @Test func `commands with replies of one kind share their size`() {
    let sizes = ReplySizes()
    sizes.note(10_000, for: .targetVersion)
    #expect(sizes.size(for: .listVersions) == 12_288)
    sizes.note(10_000, for: .deviceWait)
    #expect(sizes.size(for: .tableStatus) == 12_288)
  }
}
