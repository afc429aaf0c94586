import DeviceMapperTargets
import Testing

/// What the documentation shows of `striped`.
struct StripedPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try StripedTargetParams(
      chunkSize: Sectors("64 KiB"),
      stripes: [
        StripedTargetParams.Stripe(device: .number(Device(major: 8, minor: 16)), start: 0),
        StripedTargetParams.Stripe(device: .number(Device(major: 8, minor: 32)), start: 0),
      ])
    let table = try TargetTable(length: 1_048_576, params)
    print(table.lines[0])  // 0 1048576 striped 2 128 8:16 0 8:32 0

    let status = try StripedStatus(parsing: "2 8:16 8:32 1 AD")
    print(status.stripes[1].state)  // dead
    print(status.health)  // degraded: stripe 1 (8:32) had an error

    #expect("\(table.lines[0])" == "0 1048576 striped 2 128 8:16 0 8:32 0")
    #expect(status.stripes[1].state == .dead)
    #expect("\(status.health)" == "degraded: stripe 1 (8:32) had an error")
  }
}
