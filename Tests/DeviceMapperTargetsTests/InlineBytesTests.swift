import Testing

@testable import DeviceMapperTargets

struct InlineBytesTests {
  @Test func `more bytes than the capacity are refused`() {
    #expect(InlineBytes<2>([1, 2, 3].span) == nil)
    #expect(InlineBytes<3>([1, 2, 3].span)?.count == 3)
  }
}
