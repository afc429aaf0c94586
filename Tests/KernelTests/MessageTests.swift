import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.error, .linear)) struct Messages {
    let dm: DM

    init() throws { dm = try DM() }

    @Test func `the core replies to messages about statistics`() async throws {
      try await dm.makeErrorDevice("m", length: 24)
      #expect(try dm.targetMessage(.test("m"), "@stats_create - /1").text == "0")
      let list = try dm.targetMessage(.test("m"), "@stats_list").text?.description
      #expect(list == "0: 0+24 24 - -\n")
      let counters = try dm.targetMessage(.test("m"), "@stats_print 0").text?.description
      #expect(counters == "0+24 0 0 0 0 0 0 0 0 0 0 0 0 0\n")
      let reply = try dm.targetMessage(.test("m"), "@stats_delete 0")
      #expect(reply.text == nil)
    }

    @Test func `a reply about statistics fits whatever its size`() async throws {
      try await dm.makeErrorDevice("m", length: 24)
      for _ in 0..<300 { try dm.targetMessage(.test("m"), "@stats_create - /1") }
      let list = try dm.targetMessage(.test("m"), "@stats_list", replySize: 1).text?.description
      #expect(list?.split(separator: "\n").count == 300)
      for id in 0..<300 { try dm.targetMessage(.test("m"), TargetText("@stats_delete \(id)")) }
    }

    @Test(arguments: [0, -1, .min, 100_000] as [Int])
    func `any size of a buffer is a size`(size: Int) async throws {
      try await dm.makeErrorDevice("m")
      let reply = try dm.targetMessage(.test("m"), "@stats_list", replySize: size)
      #expect(reply.text?.isEmpty == true)
    }

    @Test(arguments: ["of the future", ""])
    func `a message that no target understands is refused`(message: String) async throws {
      try await dm.makeErrorDevice("m")
      await expect(.invalidArgument, from: .targetMessage) {
        try dm.targetMessage(.test("m"), TargetText(message))
      }
    }

    @Test(.kernel("dust")) func `a sector chooses the target`() async throws {
      let (disk, _) = try await TestDisk.two()
      let dust = try DustTargetParams(device: .number(disk.device), start: 0, blockSize: 512)
      try await dm.make(
        "m",
        TargetTable([
          TargetLine(start: 0, length: 64, .error(ErrorTargetParams())),
          TargetLine(start: 64, length: 64, .dust(dust)),
        ]))
      #expect(try dm.targetMessage(.test("m"), "countbadblocks", sector: 64).text != nil)
      await expect(.invalidArgument, from: .targetMessage) {
        try dm.targetMessage(.test("m"), "countbadblocks", sector: 63)
      }
      await expect(.invalidArgument, from: .targetMessage) {
        try dm.targetMessage(.test("m"), "countbadblocks", sector: 128)
      }
    }

    @Test func `a message with a NUL isn't sent`() async throws {
      try await dm.makeErrorDevice("m")
      let text: [UInt8] = Array("@stats_list".utf8) + [0, 0x41]
      let error = #expect(throws: DmError.self) {
        try dm.targetMessage(.test("m"), TargetText(bytes: text.span))
      }
      #expect(error?.code == .invalidArgument)
    }

    @Test(.kernel("dust"))
    func `a message to a target isn't repeated for its reply`() async throws {
      let (disk, _) = try await TestDisk.two()
      let dust = try DustTargetParams(device: .number(disk.device), start: 0, blockSize: 512)
      try await dm.make("m", TargetTable(length: 2048, .dust(dust)))
      for block in 0..<3 { try dm.targetMessage(.test("m"), TargetText("addbadblock \(block)")) }
      let before = try dm.targetMessage(.test("m"), "countbadblocks").text?.description
      #expect(before?.contains("3 badblock(s) found") == true)
      // Repeated with a larger buffer, the message would succeed: there is nothing left to clear.
      let error = #expect(throws: DmError.self) {
        try dm.targetMessage(.test("m"), "clearbadblocks", replySize: 8)
      }
      #expect(error?.code == .replyTooLarge)
      #expect(error?.command == .targetMessage)
      let after = try dm.targetMessage(.test("m"), "countbadblocks").text?.description
      #expect(after?.contains("0 badblock(s) found") == true)
    }
  }
}
