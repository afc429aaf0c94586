import DeviceMapperTargets
import Testing

struct VdoTests {
  @Test(arguments: [
    ("V4 /dev/dm-1 262144 4096 32768 16380", nil),
    ("V4 /dev/dm-1 786432 4096 32768 16380 maxDiscard 8", nil),
    (
      "V4 /dev/dm-1 786432 512 65550 5000 hash 1 logical 3 physical 2", nil
    ),
    (
      "V4 1:0 786432 512 65550 5000 compression on cpu 2 deduplication off ack 100 bio 1",
      "V4 1:0 786432 512 65550 5000 ack 100 bio 1 cpu 2 deduplication off compression on"
    ),
    (
      "V4 1:0 1 512 32768 1 indexMemory 0.50 indexSparse on slabSize 32768 bioRotationInterval 64",
      "V4 1:0 1 512 32768 1 bioRotationInterval 64 indexMemory 0.5 indexSparse on slabSize 32768"
    ),
    ("V4 1:0 1 4096 1 1 indexMemory 3 later 7", nil),
    ("V3 /dev/a\\ b 262144 4096 32768 16380 auto ack 1 maxDiscard 1500", nil),
    ("V2 8:16 262144 4096 32768 16380 on auto vdo0 cpu 2", nil),
    ("V1 8:16 262144 512 off 0 32768 16380 on auto vdo0 ack=1,bio=4,cpu=2,later=9", nil),
    ("V1 8:16 262144 512 off 0 32768 16380 on auto vdo0 .", nil),
    ("/dev/sdb 4096 disabled 0 32768 16380 on sync vdo0 cpu=2", nil),
  ])
  func `parameters are printed as the kernel takes them`(line: String, printed: String?) throws {
    try expectRoundTrip(VdoTargetParams.self, line, printed: printed)
  }

  @Test func `parameters have their values`() throws {
    let params = try VdoTargetParams(
      parsing: "V4 /dev/dm-1 786432 512 65550 5000 hash 1 logical 3 physical 2 indexMemory 0.75")
    #expect(params.version == .v4)
    #expect(params.physicalBlocks == 786_432)
    #expect(params.physicalBlocks?.sectors == 6_291_456)
    #expect(params.options.logicalThreads == 3)
    #expect(params.options.indexMemory?.bytes == Bytes(768 << 20))
    let legacy = try VdoTargetParams(
      parsing: "/dev/sdb 4096 disabled 0 32768 16380 on sync vdo0 cpu=2")
    #expect(legacy.version == .v0)
    #expect(legacy.physicalBlocks == nil)
    #expect(legacy.ignoredWords == ["disabled", "0", "on", "sync", "vdo0"])
    #expect(legacy.options.cpuThreads == 2)
  }

  @Test(arguments: [
    ("V5 1:0 1 512 1 1", "version", 0, ParseError.Reason.unknownWord),
    ("V0 1:0 1 512 1 1", "version", 0, .unknownWord),
    ("V4 1:0 262144 4096 32768", "block map era", 24, .missing),
    ("V4 1:0 262144 1024 32768 1", "minimum I/O size", 0, .forbidden),
    ("V4 1:0 262144 4096 32768 0", "block map era", 0, .forbidden),
    ("V4 1:0 262144 4096 32768 16381", "block map era", 0, .forbidden),
    ("V4 1:0 1 4096 0 1", "block map cache", 0, .forbidden),
    ("V4 1:0 1 4096 8191 1 logical 2 hash 1 physical 1", "block map cache", 0, .forbidden),
    ("V4 1:0 1 4096 8192 1 logical 2 hash 1", "hash, logical and physical threads", 0, .forbidden),
    ("V4 1:0 1 4096 8192 1 cpu", "value of an option", 24, .missing),
    ("V4 1:0 1 4096 8192 1 cpu two", "cpu threads", 25, .malformed),
    ("V4 1:0 1 4096 8192 1 cpu 0", "cpu threads", 0, .forbidden),
    ("V4 1:0 1 4096 8192 1 bio 101", "bio threads", 0, .forbidden),
    ("V4 1:0 1 4096 8192 1 ack 101", "acknowledge threads", 0, .forbidden),
    ("V4 1:0 1 4096 8192 1 bioRotationInterval 1025", "bio rotation interval", 0, .forbidden),
    ("V4 1:0 1 4096 999999 1 logical 61", "logical threads", 0, .forbidden),
    ("V4 1:0 1 4096 8192 1 physical 17", "physical threads", 0, .forbidden),
    ("V4 1:0 1 4096 8192 1 hash 101", "hash threads", 0, .forbidden),
    ("V4 1:0 1 4096 8192 1 maxDiscard 0", "maximum discard", 0, .forbidden),
    ("V4 1:0 1 4096 8192 1 maxDiscard 1048576", "maximum discard", 0, .forbidden),
    ("V4 1:0 1 4096 8192 1 compression yes", "compression", 33, .unknownWord),
    ("V4 1:0 1 4096 8192 1 indexMemory 0.3", "index memory", 33, .malformed),
    ("V4 1:0 1 4096 8192 1 slabSize 3", "slab size", 0, .forbidden),
    ("V1 8:16 1 512 off 0 32768 16380 on auto vdo0", "threads", 44, .missing),
    ("V1 8:16 1 512 off 0 32768 16380 on auto vdo0 cpu=1,", "threads", 51, .malformed),
    ("V1 8:16 1 512 off 0 32768 16380 on auto vdo0 cpu=1,=2", "threads", 51, .malformed),
    ("V1 8:16 1 512 off 0 32768 16380 on auto vdo0 cpu", "threads", 45, .malformed),
    ("V1 8:16 1 512 off 0 32768 16380 on auto vdo0 . .", "end of line", 47, .unexpected),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(VdoTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() throws {
    #expect(throws: ParameterError.self) { try VdoOptions(cpuThreads: 0) }
    let device = try #require(DeviceReference("1:0"))
    #expect(throws: ParameterError.self) {
      try VdoTargetParams(device: device, physicalBlocks: 1, minimumIOSize: 1024)
    }
    #expect(throws: ParameterError.self) {
      try VdoTargetParams(
        version: .v1, device: device, physicalBlocks: 1, minimumIOSize: 512, blockMapCache: 1,
        blockMapEra: 1, options: VdoOptions(compresses: true),
        ignoredWords: ["a", "b", "c", "d", "e"])
    }
    expectRefusedJSON(VdoOptions.self, #"{"cpuThreads":0,"unknown":[]}"#)
    expectRefusedJSON(
      VdoTargetParams.self,
      """
      {"version":"V4","device":"1:0","minimumIOSize":512,"blockMapCache":1,"blockMapEra":1,
      "options":{"unknown":[]},"ignoredWords":[]}
      """)
  }

  @Test func `a length is whole blocks`() throws {
    let params = try VdoTargetParams(parsing: "V4 1:0 1 4096 8192 1")
    try params.check(length: VdoTargetParams.maximumLength)
    #expect(throws: ParameterError.self) { try params.check(length: 12) }
    #expect(throws: ParameterError.self) {
      try params.check(length: VdoTargetParams.maximumLength + 8)
    }
  }

  @Test(arguments: [
    ("/dev/dm-1 normal - online online 3000 262144", Health.Level.healthy),
    ("/dev/sdb recovering recovering opening offline 1 2 ", .degraded),
    ("/dev/dm-0 normal - suspended offline 1 2", .healthy),
    ("foo1234 read-only - error online 0 1234", .failed),
    ("device-name normal - error online 0 1234", .degraded),
    ("/dev/dm-1 normal - closed offline 262144 262144", .degraded),
    ("/dev/dm-1 normal - unknown offline 1 2 of the future", .healthy),
  ])
  func `a status is printed as it was read`(line: String, level: Health.Level) throws {
    #expect(try expectRoundTrip(VdoStatus.self, line).health.level == level)
  }

  @Test(arguments: [
    ("", "device", 0, ParseError.Reason.missing),
    ("vdo", "mode", 3, .missing),
    ("vdo maybe - error online 0 1234", "mode", 4, .unknownWord),
    ("vdo normal yes error online 0 1234", "recovery", 11, .unknownWord),
    ("vdo normal - fish online 0 1234", "index state", 13, .unknownWord),
    ("vdo normal - error fish 0 1234", "compression state", 19, .unknownWord),
    ("vdo normal - error online 0x1 1234", "used blocks", 26, .malformed),
    ("vdo normal - error online 0", "total blocks", 27, .missing),
  ])
  func `an error of a status says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(VdoStatus.self, line, field, offset, reason)
  }

  @Test(arguments: [
    (VdoMessage.statistics, "stats"), (.configuration, "config"),
    (.setCompression(true), "compression on"), (.setCompression(false), "compression off"),
    (.index(.create), "index-create"), (.index(.close), "index-close"),
    (.index(.disable), "index-disable"), (.index(.enable), "index-enable"), (.dump([]), "dump"),
    (.dump([.queues, .vdo]), "dump queues vdo"), (.dumpOnShutdown, "dump-on-shutdown"),
  ])
  func `a message is printed`(message: VdoMessage, text: String) {
    #expect(message.text.description == text)
  }
}
