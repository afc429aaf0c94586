import DeviceMapperTargets
import Testing

/// What the documentation shows of `log-writes`.
struct LogWritesPage {
  @Test func `the example of the page prints what it says`() throws {
    let params = LogWritesTargetParams(
      device: .number(Device(major: 8, minor: 16)),
      logDevice: .number(Device(major: 8, minor: 32)))
    let line = TargetLine(start: 0, length: 2_097_152, params)
    print(line)  // 0 2097152 log-writes 8:16 8:32
    let message = try LogWritesMessage(mark: "fsync")
    print(message.text)  // mark fsync

    let status = try LogWritesStatus(parsing: "1024 65535 logging_disabled")
    print(status.loggedEntries)  // 1024
    print(status.health)  // degraded: writes are no longer recorded

    #expect("\(line)" == "0 2097152 log-writes 8:16 8:32")
    #expect("\(message.text)" == "mark fsync")
    #expect(status.loggedEntries == 1024)
    #expect("\(status.health)" == "degraded: writes are no longer recorded")
  }
}
