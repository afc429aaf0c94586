import DeviceMapperTargets
import Testing

struct QuantityTests {
  @Test func `operators stay in the unit and quotients of quantities are numbers`() {
    let three: Sectors = 3
    let two = Sectors(2)
    #expect(three + two == 5)
    #expect(three - two == 1)
    #expect(three * 2 == 6)
    #expect(2 * three == 6)
    #expect(Sectors(5) / 2 == Sectors(2))
    #expect(three / two == UInt64(1))
    #expect(three % two == Sectors(1))
    #expect([two, three].sum() == 5)
    #expect(Sectors.max.addingChecked(1) == nil)
  }
}
