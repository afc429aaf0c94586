import DeviceMapperTargets
import Testing

struct MultipathTests {
  /// Lines that kernels printed (6.1, then 7.2), then one of a SCSI device.
  @Test(arguments: [
    "3 retain_attached_hw_handler queue_mode bio 0 1 1 round-robin 0 2 1 254:0 1 254:1 1 ",
    "8 queue_if_no_path pg_init_retries 50 pg_init_delay_msecs 2000 retain_attached_hw_handler "
      + "queue_mode bio 0 1 1 round-robin 0 1 1 254:0 1 ",
    "2 queue_mode bio 0 2 2 service-time 0 2 2 251:0 1 10 251:1 1 20 service-time 0 1 2 251:2 1 1 ",
    "2 queue_mode bio 0 1 1 historical-service-time 2 972 0 2 1 251:0 0 251:1 0 ",
    "2 queue_mode bio 0 1 1 io-affinity 0 1 1 251:0 1 ", "2 queue_mode bio 0 0 0 ",
    "1 queue_if_no_path 1 alua 2 1 service-time 0 2 2 8:16 1 1 8:32 1 1 "
      + "service-time 0 1 2 8:48 1 1",
  ])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(MultipathTargetParams.self, line)
  }

  @Test(arguments: [
    (
      "3 QUEUE_MODE Bio Queue_if_no_path 0 1 1 round-robin 0 2 0 /dev/sda 8:16",
      "3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 0 /dev/sda 8:16"
    ),
    (
      "2 queue_mode rq 2 alua 1 1 1 round-robin 1 1000 1 1 8:0 128",
      "2 queue_mode rq 2 alua 1 1 1 round-robin 1 1000 1 1 8:0 128"
    ),
    (
      "2 new queue_if_no_path 0 1 1 luck 0 1 2 8:0 a b",
      "2 queue_if_no_path new 0 1 1 luck 0 1 2 8:0 a b"
    ),
  ])
  func `parameters are printed as the kernel does`(line: String, printed: String) throws {
    try expectRoundTrip(MultipathTargetParams.self, line, printed: printed)
  }

  /// Tables that kernels refused, and some that are cut off.
  @Test(arguments: [
    (
      "2 pg_init_retries 51 0 1 1 round-robin 0 1 0 8:0", "pg_init_retries", 18,
      ParseError.Reason.outOfRange
    ),
    ("2 pg_init_retries 0 0 1 1 round-robin 0 1 0 8:0", "pg_init_retries", 18, .outOfRange),
    (
      "2 pg_init_delay_msecs 60001 0 1 1 round-robin 0 1 0 8:0", "pg_init_delay_msecs", 22,
      .outOfRange
    ),
    ("2 queue_mode tea 0 1 1 round-robin 0 1 0 8:0", "queue mode", 13, .unknownWord),
    ("0 0 0 1", "next group", 0, .forbidden),
    ("0 0 1 0 round-robin 0 1 0 8:0", "next group", 0, .forbidden),
    ("0 0 1 2 round-robin 0 1 0 8:0", "next group", 0, .forbidden),
    ("0 0 1 1 round-robin 0 0 0", "number of paths", 0, .forbidden),
    ("0 0 1 1 round-robin 0 1 0 8:0 extra", "end of line", 30, .unexpected),
    ("0 0 1 1 service-time 0 2 2 8:0 1 101 8:16 1 1", "relative throughput", 0, .forbidden),
    ("0 0 1 1 service-time 0 1 2 8:0 1 x", "relative throughput", 0, .forbidden),
    ("0 0 1 1 round-robin 0 2 1 8:0 1 8:16", "path argument count", 36, .missing),
    ("0 0 2 1 round-robin 0 1 0 8:0", "path selector", 29, .missing),
    ("0 0 4294967295 1", "path selector", 16, .missing),
    ("0 2 alua", "hardware handler argument count", 8, .missing),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(MultipathTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() throws {
    let json = #"""
      {"features":{"queuesIfNoPath":true,"retainsAttachedHardwareHandler":false,"unknown":[],
       "pathGroupInitRetries":50},"nextGroup":1,"groups":[{"selector":{"name":"service-time",
       "arguments":[]},"paths":[{"device":"8:0","arguments":["1","100"]}]}]}
      """#
    #expect(
      try decodeJSON(MultipathTargetParams.self, json).description
        == "3 queue_if_no_path pg_init_retries 50 0 1 1 service-time 0 1 2 8:0 1 100")
    for (old, new) in [("50", "51"), ("100", "101"), (#"Group":1"#, #"Group":2"#)] {
      expectRefusedJSON(MultipathTargetParams.self, json.replacing(old, with: new))
    }
  }

  @Test func `the paths of a group have as many arguments`() throws {
    let (one, two) = (Device(major: 8, minor: 0), Device(major: 8, minor: 16))
    let paths = [
      MultipathPath(.number(one), relativeThroughput: 10),
      MultipathPath(.number(two), arguments: ["1"]),
    ]
    #expect(throws: ParameterError.self) {
      try MultipathGroup(selector: MultipathSelector(.serviceTime), paths: paths)
    }
    let group = try MultipathGroup(
      selector: MultipathSelector(.serviceTime), paths: [paths[0]])
    #expect(group.paths[0].relativeThroughput == 10)
    #expect(paths[1].relativeThroughput == nil)
  }

  /// Lines that kernels printed.
  @Test(arguments: [
    ("2 1 0 0 1 1 E 0 2 0 254:0 A 0 254:1 A 0 ", Health.Level.healthy),
    ("2 1 0 0 1 1 E 0 2 0 254:0 F 1 254:1 A 0 ", .degraded),
    ("2 1 0 0 1 1 E 0 2 0 254:0 F 1 254:1 F 1 ", .failed),
    ("2 1 0 0 2 1 D 0 2 1 254:0 A 0 0 254:1 A 0 0 E 0 1 0 254:2 A 0 ", .degraded),
    ("2 0 0 0 2 2 E 0 2 1 254:0 A 0 0 254:1 A 0 0 A 0 1 0 254:2 A 0 ", .healthy),
    ("2 1 0 0 2 2 E 0 2 2 254:0 A 0 0 10 254:1 A 0 0 20 E 0 1 2 254:2 A 0 0 1 ", .healthy),
    ("2 1 0 0 1 1 E 2 972 0 2 3 251:0 A 0 1024 0 0 251:1 A 0 1024 0 0 ", .healthy),
    ("2 0 0 1 alua 2 1 A 0 1 2 8:16 A 0 0 1 E 0 1 2 8:48 A 0 0 1", .healthy),
    ("2 1 0 0 0 0 ", .failed), ("3 0 0 new 0 1 1 A 0 1 0 8:0 A 0 and more", .healthy),
  ])
  func `a status is printed as it was read`(line: String, level: Health.Level) throws {
    #expect(try expectRoundTrip(MultipathStatus.self, line).health.level == level)
  }

  @Test func `a status has its figures`() throws {
    let status = try MultipathStatus(
      parsing: "2 0 3 1 alua 2 1 A 0 2 2 8:16 A 0 512 10 8:32 F 4 0 20 D 0 1 1 8:48 A 1 7")
    #expect(status.pathGroupInitCount == 3)
    #expect(status.hardwareHandler == MultipathHardwareHandler(.alua))
    #expect(status.currentGroup == 1)
    #expect(status.groups.map(\.state) == [.active, .disabled])
    #expect(status.paths.map(\.state) == [.active, .failed, .active])
    #expect(status.paths.map(\.failCount) == [0, 4, 1])
    #expect(status.paths[0].selectorWords == ["512", "10"])
    #expect(status.health.reasons == ["path 8:32 failed", "group 2 disabled"])
  }

  @Test(arguments: [
    ("1 0 0 1 1", "feature count", 0, ParseError.Reason.outOfRange),
    ("2 0 0 0 1", "current group", 9, .missing),
    ("2 0 0 0 1 1 X 0 1 0 8:0 A 0", "group state", 12, .unknownWord),
    ("2 0 0 0 1 1 A 0 1 0 8:0 D 0", "path state", 24, .unknownWord),
    ("2 0 0 0 1 1 A 0 1 0 sda A 0", "path", 20, .malformed),
    ("2 0 0 0 1 1 A 0 1 2 8:0 A 0 1", "path argument count", 29, .missing),
    ("2 0 0 0 1 1 A 0 2 0 8:0 A 0", "path", 27, .missing),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(MultipathStatus.self, line, field, offset, reason)
  }

  @Test(arguments: [
    (MultipathMessage.queueIfNoPath, "queue_if_no_path"), (.failIfNoPath, "fail_if_no_path"),
    (.failPath(.number(Device(major: 8, minor: 0))), "fail_path 8:0"),
    (.reinstatePath(.number(Device(major: 8, minor: 0))), "reinstate_path 8:0"),
    (.switchGroup(2), "switch_group 2"), (.disableGroup(1), "disable_group 1"),
    (.enableGroup(1), "enable_group 1"),
  ])
  func `a message is what the kernel reads`(message: MultipathMessage, text: String) {
    #expect(message.text.description == text)
  }
}
