import Testing

@testable import FilemapStats

struct TicksTests {
  private static let start = ContinuousClock.now

  @Test(arguments: [
    (0, 100), (1, 100), (99, 100), (100, 200), (130, 200), (199, 200), (1001, 1100),
  ])
  func `ticks are multiples of the interval, and missed ones are left out`(
    now: Int, tick: Int
  ) {
    let ticks = Ticks(start: Self.start, interval: .milliseconds(100))
    #expect(
      ticks.next(after: Self.start + .milliseconds(now)) == Self.start + .milliseconds(tick))
  }
}
