import DeviceMapperTargets
import Testing

/// What the documentation shows of `dust`.
struct DustPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = try DustTargetParams(
      device: .number(Device(major: 8, minor: 16)), start: 0, blockSize: 4096)
    let line = TargetLine(start: 0, length: 33_552, params)
    print(line)  // 0 33552 dust 8:16 0 4096
    print(DustMessage.addBadBlock(67, writeFailures: 3).text)  // addbadblock 67 3

    let reply = try DustReply(parsing: "dust_query_block: block 67 found in badblocklist")
    print(reply == .block(67, isBad: true))  // true
    let status = try DustStatus(parsing: "8:16 fail_read_on_bad_block verbose")
    print(status.health)  // degraded: reads of bad blocks fail

    #expect("\(line)" == "0 33552 dust 8:16 0 4096")
    #expect("\(DustMessage.addBadBlock(67, writeFailures: 3).text)" == "addbadblock 67 3")
    #expect(reply == .block(67, isBad: true))
    #expect("\(status.health)" == "degraded: reads of bad blocks fail")
  }
}
