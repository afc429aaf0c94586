import DeviceMapperTargets
import Testing

struct MirrorTests {
  /// Lines that kernels printed; those with logs in user space as `lvm2` loads them.
  @Test(arguments: [
    "core 1 1024 2 254:0 0 254:1 0",
    "core 2 1024 nosync 2 254:0 0 254:1 0",
    "core 2 1024 sync 3 254:0 0 254:1 0 254:2 0 1 handle_errors",
    "disk 2 254:3 1024 2 254:0 0 254:1 0 2 handle_errors keep_log",
    "disk 3 /dev/mapper/log 2 nosync 2 254:0 0 254:1 384 1 handle_errors",
    "userspace 4 LVM-uuid clustered-disk 253:2 1024 2 253:3 0 253:4 0 1 handle_errors",
    "userspace 5 LVM-uuid integrated_flush clustered-core 1024 nosync 2 253:3 0 253:4 0",
    "userspace 4 LVM-uuid integrated_flush my-log 7 2 253:3 0 253:4 0",
    "userspace 3 LVM-uuid clustered-disk lost 2 253:3 0 253:4 0",
    "clustered_disk 4 253:2 1024 LVM-uuid block_on_error 2 253:3 0 253:4 0 2 new words",
    "9log 1 x 2 253:3 0 253:4 0",
  ])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(MirrorTargetParams.self, line)
  }

  @Test(arguments: [
    ("core 1 1024 2 254:0 0 254:1 0 ", "core 1 1024 2 254:0 0 254:1 0"),
    ("disk 2 254:3 1024 2 254:0 0 254:1 0 0", "disk 2 254:3 1024 2 254:0 0 254:1 0"),
    (
      "disk 2 254:3 1024 2 254:0 0 254:1 0 2 keep_log handle_errors",
      "disk 2 254:3 1024 2 254:0 0 254:1 0 2 handle_errors keep_log"
    ),
  ])
  func `parameters are printed as the kernel does`(line: String, printed: String) throws {
    try expectRoundTrip(MirrorTargetParams.self, line, printed: printed)
  }

  @Test func `a log has its parts`() throws {
    let line = "userspace 5 u integrated_flush clustered-disk 253:2 1024 2 1:0 0 1:1 0"
    let params = try MirrorTargetParams(parsing: line)
    let disk = MirrorDiskLog(
      device: .number(Device(major: 253, minor: 2)), regionSize: 1024, synchronization: nil)
    #expect(
      params.log
        == .userspace(
          MirrorUserspaceLog(uuid: "u", hasIntegratedFlush: true, server: .clusteredDisk(disk))))
    #expect(params.log.regionSize == 1024)
    try params.check(length: 1024)
    #expect(throws: ParameterError.self) { try params.check(length: 1023) }
  }

  /// Tables that kernels refused.
  @Test(arguments: [
    ("core 2 1024 Sync 2 1:0 0 1:1 0", "synchronization", 12, ParseError.Reason.unknownWord),
    ("core 3 1024 nosync block_on_error 2 1:0 0 1:1 0", "end of line", 19, .unexpected),
    ("core 1 1000 2 1:0 0 1:1 0", "region size", 0, .forbidden),
    ("core 1 1 2 1:0 0 1:1 0", "region size", 0, .forbidden),
    ("core 1 1024 1 1:0 0", "number of legs", 0, .forbidden),
    ("core 0 2 1:0 0 1:1 0", "region size", 7, .missing),
    (
      "core 1 8 10 1:0 0 1:1 0 1:0 0 1:1 0 1:0 0 1:1 0 1:0 0 1:1 0 1:0 0 1:1 0", "number of legs",
      0, .forbidden
    ),
    ("disk 3 1:2 1024 sync 2 1:0 0 1:1 0 1 keep_log", "keep_log", 0, .forbidden),
    ("disk 2 1:2 1024 2 1:0 0 1:1 0 1 handle_errors extra", "end of line", 46, .unexpected),
    ("disk 2 1:2 1024 3 1:0 0 1:1 0", "device", 29, .missing),
    ("userspace 1 uuid 2 1:0 0 1:1 0", "log server", 16, .missing),
    ("userspace 3 u clustered-core 1000 2 1:0 0 1:1 0", "region size", 0, .forbidden),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(MirrorTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() throws {
    let json = #"""
      {"log":{"type":"core","regionSize":8},"handlesErrors":false,"keepsLog":false,"unknown":[],
       "legs":[{"device":"1:0","start":0},{"device":"1:1","start":0}]}
      """#
    #expect(try decodeJSON(MirrorTargetParams.self, json).description == "core 1 8 2 1:0 0 1:1 0")
    expectRefusedJSON(MirrorTargetParams.self, json.replacing(":8", with: ":9"))
    expectRefusedJSON(
      MirrorTargetParams.self, json.replacing(#"Log":false"#, with: #"Log":true"#))
  }

  /// Lines that kernels printed, and those of a daemon.
  @Test(arguments: [
    ("2 254:0 254:1 16/16 1 AA 1 core", Health.Level.healthy),
    ("2 254:0 254:5 4/16 1 AS 1 core", .degraded), ("2 254:5 254:1 15/16 1 DA 1 core", .degraded),
    ("2 254:0 254:1 16/16 1 AA 3 disk 254:3 A", .healthy),
    ("2 254:0 254:1 16/16 1 AA 3 disk 254:3 D", .degraded),
    ("2 254:0 254:1 16/16 1 AA 3 disk 254:3 F", .degraded),
    ("3 1:0 1:1 1:2 16/16 1 FRU 1 core", .failed), ("2 1:0 1:1 4/16 1 AA 1 core", .degraded),
    ("2 1:0 1:1 16/16 1 AA 1 clustered-core", .healthy),
    ("2 1:0 1:1 16/16 1 AA 3 clustered-disk 253:2 A", .healthy),
    ("2 1:0 1:1 16/16 1 AA 3 new-log is well", .healthy),
    ("2 1:0 1:1 16/16 1 AA 2 9log x", .healthy),
    ("2 1:0 1:1 16/16 1 AA userspace 1 COM_FAILURE", .failed),
    ("2 1:0 1:1 16/16 1 AA 9log 1 COM_FAILURE", .failed),
    ("2 1:0 1:1 16/16 1 AA 1 core and more", .healthy),
  ])
  func `a status is printed as it was read`(line: String, level: Health.Level) throws {
    #expect(try expectRoundTrip(MirrorStatus.self, line).health.level == level)
  }

  @Test func `a status has its figures`() throws {
    let status = try MirrorStatus(parsing: "2 254:0 254:5 4/16 1 AR 3 disk 254:3 F")
    #expect(
      status.legs == [
        .init(device: Device(major: 254, minor: 0), state: .alive),
        .init(device: Device(major: 254, minor: 5), state: .readError),
      ])
    #expect(status.inSync == Usage(used: 4, total: 16))
    #expect(status.log == .disk(Device(major: 254, minor: 3), .flushFailed))
    #expect(!status.isInSync)
    #expect(
      status.health.reasons == ["leg 1 (254:5) had a read error", "log failed", "not in sync"])
    #expect(status.health.progress == nil)
    let resync = try MirrorStatus(parsing: "2 254:0 254:1 4/16 1 AA 1 core")
    #expect(resync.log == .core)
    #expect(resync.health.progress == Progress("resync", fraction: 0.25))
  }

  @Test(arguments: [
    ("2 1:0 1:1 4/16 1 A 1 core", "leg states", 17, ParseError.Reason.malformed),
    ("2 1:0 1:1 4/16 1 AX 1 core", "leg states", 17, .unknownWord),
    ("2 1:0 1:1 4/16 2 AA 1 core", "number of groups", 15, .outOfRange),
    ("2 1:0 4/16 1 AA 1 core", "device", 6, .malformed),
    ("2 1:0 1:1 4/16 1 AA", "log argument count", 19, .missing),
    ("2 1:0 1:1 4/16 1 AA 3 disk 1:2", "log argument count", 30, .missing),
    ("2 1:0 1:1 4/16 1 AA userspace 2 x", "log argument count", 30, .outOfRange),
    ("2 1:0 1:1 4/16 1 AA userspace 1 x", "log status", 32, .missing),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(MirrorStatus.self, line, field, offset, reason)
  }
}
