@testable import DeviceMapper
import DeviceMapperTargets
import Mutations
import Testing

/// Replies built by hand, as `linux/dm-ioctl.h` has them.
struct ReplyDecoderTests {
  private func reply(
    _ flags: DmFlags = [], _ build: (inout ReplyBuilder) -> Void
  ) -> [UInt8] {
    var builder = ReplyBuilder(flags: flags)
    build(&builder)
    return builder.finished
  }

  @Test func `the header describes a device`() throws {
    let bytes = reply([.activePresent, .suspend]) {
      $0.put(UInt32(3), at: 20)
      $0.device(0x1_2345_fe06, name: "data", uuid: "LVM-1", openCount: 2, eventNumber: 9)
    }
    let info = try DeviceInfo(ReplyReader(bytes.span))
    #expect(info.interfaceVersion == InterfaceVersion(major: 4, minor: 50, patch: 0))
    #expect(info.device == Device(hugeDeviceNumber: 0x1_2345_fe06))
    #expect(info.name == "data")
    #expect(info.uuid == "LVM-1")
    #expect(info.openCount == 2)
    #expect(info.eventNumber == 9)
    #expect(info.targetCount == 3)
    #expect(info.isSuspended && info.hasActiveTable && !info.hasInactiveTable)
  }

  @Test func `a header about no device has neither number, name nor uuid`() throws {
    let info = try DeviceInfo(ReplyReader(reply { _ in }.span))
    #expect(info.device == nil && info.name == nil && info.uuid == nil)
  }

  @Test func `a name of 127 and a uuid of 128 bytes fill their fields`() throws {
    let (name, uuid) = (String(repeating: "n", count: 127), String(repeating: "u", count: 128))
    let bytes = reply { $0.device(0xfe00, name: name, uuid: uuid) }
    let info = try DeviceInfo(ReplyReader(bytes.span))
    #expect(info.name?.string == name)
    #expect(info.uuid?.string == uuid)
  }

  @Test func `a name without its end is an error`() {
    var bytes = reply { $0.device(0xfe00, name: "", uuid: "") }
    for index in 48..<176 { bytes[index] = 0x61 }
    #expect(throws: ReplyError.self) { try DeviceInfo(ReplyReader(bytes.span)) }
  }

  @Test(
    arguments: [
      (12, 304, ReplyError.Field.dataSize), (12, 313, .dataSize), (12, .max, .dataSize),
      (16, 304, .dataStart), (16, 0, .dataStart),
    ] as [(Int, UInt32, ReplyError.Field)])
  func `a header whose lengths don't fit is an error`(
    offset: Int, number: UInt32, field: ReplyError.Field
  ) {
    var builder = ReplyBuilder()
    builder.put(UInt32(312), at: 12)
    builder.put(number, at: offset)
    let bytes = builder.bytes
    let error = #expect(throws: ReplyError.self) { _ = try ReplyReader(bytes.span).flags }
    #expect(error?.field == field)
    #expect(error?.offset == offset)
  }

  @Test func `a buffer without room for a header is an error`() {
    let bytes = [UInt8](repeating: 0, count: 304)
    let error = #expect(throws: ReplyError.self) { _ = try ReplyReader(bytes.span).flags }
    #expect(error?.field == .header)
  }

  @Test func `a list keeps names, numbers, events and uuids`() throws {
    let bytes = reply {
      $0.list([
        (Array("data".utf8), 0xfe00, 3, "LVM-abc"),
        ([0xff, 0x20, 0x41], 0xfe01, 0, nil),
        (Array(String(repeating: "n", count: 127).utf8), 0x120_fe05, .max, "u"),
      ])
    }
    let devices = try ReplyReader(bytes.span).devices()
    let odd: [UInt8] = [0xff, 0x20, 0x41]
    try #require(devices.count == 3)
    #expect(
      devices[0]
        == ListedDevice(
          name: "data", device: Device(major: 254, minor: 0), eventNumber: 3, uuid: "LVM-abc"))
    #expect(devices[1].name == (try DmName(kernelBytes: odd.span)))
    #expect(devices[1].eventNumber == 0 && devices[1].uuid == nil)
    #expect(devices[2].name.string?.utf8.count == 127)
    #expect(devices[2].device == Device(major: 254, minor: 0x1205))
    #expect(devices[2].eventNumber == .max && devices[2].uuid == "u")
  }

  @Test(arguments: [(36, nil, nil), (44, 3, nil), (45, 3, "u")] as [(UInt32, UInt32?, DmUuid?)])
  func `a list has what its kernel's version gives`(
    minor: UInt32, eventNumber: UInt32?, uuid: DmUuid?
  ) throws {
    var builder = ReplyBuilder(version: (4, minor, 0))
    // What stands behind the name in a kernel that has no event numbers there is anything.
    builder.list([(Array("data".utf8), 0xfe00, 3, "u")])
    let bytes = builder.finished
    let devices = try ReplyReader(bytes.span).devices()
    try #require(devices.count == 1)
    #expect(devices[0].eventNumber == eventNumber)
    #expect(devices[0].uuid == uuid)
  }

  @Test func `an empty list is empty`() throws {
    #expect(try ReplyReader(reply { $0.list([]) }.span).devices().isEmpty)
    #expect(try ReplyReader(reply { _ in }.span).devices().isEmpty)
  }

  @Test(arguments: [8, 16, 4, 1, 0xffff_fff8, 0x8000_0000] as [UInt32])
  func `a list whose records overlap or lead outside is an error`(step: UInt32) {
    var builder = ReplyBuilder()
    builder.list([(Array("data".utf8), 0xfe00, 3, "u"), (Array("b".utf8), 0xfe01, 3, nil)])
    builder.put(step, at: 312 + 8)
    let bytes = builder.finished
    #expect(throws: ReplyError.self) { try ReplyReader(bytes.span).devices() }
  }

  @Test func `lines keep their ranges, types and texts`() throws {
    let bytes = reply([.activePresent]) {
      $0.lines([
        (0, 2048, "linear", "8:16 0"), (2048, .max, "snapshot-origin", ""),
        (7, 8, "thin-pool", "1:0 1:1 128 0 0 "),
      ])
    }
    let lines = try ReplyReader(bytes.span).lines(sharing: bytes)
    try #require(lines.count == 3)
    #expect(
      lines[0] == TargetLine(start: 0, length: 2048, VerbatimTarget(.linear, "8:16 0")))
    #expect(lines[1].length == .max && lines[1].content.targetType == "snapshot-origin")
    #expect(lines[1].content.text.isEmpty)
    #expect(lines[2].content.text == "1:0 1:1 128 0 0")
  }

  @Test func `a device without a table has no lines`() throws {
    #expect(try ReplyReader(reply { _ in }.span).lines(sharing: []).isEmpty)
  }

  @Test(arguments: [3, 4, 1000, .max] as [UInt32])
  func `a count of lines beyond the reply is an error`(count: UInt32) {
    var builder = ReplyBuilder()
    builder.lines([(0, 8, "zero", ""), (8, 8, "zero", "")])
    builder.put(count, at: 20)
    let bytes = builder.finished
    #expect(throws: ReplyError.self) { try ReplyReader(bytes.span).lines(sharing: bytes) }
  }

  @Test(arguments: [0, 8, 40, 42, 1 << 20, .max] as [UInt32])
  func `lines that overlap or lead outside are an error`(next: UInt32) {
    var builder = ReplyBuilder()
    builder.lines([(0, 8, "error", "ab"), (8, 8, "zero", "")])
    builder.put(next, at: 312 + 20)
    let bytes = builder.finished
    #expect(throws: ReplyError.self) { try ReplyReader(bytes.span).lines(sharing: bytes) }
  }

  @Test func `the last line's distance is not looked at`() throws {
    var builder = ReplyBuilder()
    builder.lines([(0, 8, "error", "ab"), (8, 8, "zero", "")])
    builder.put(UInt32.max, at: 312 + 48 + 20)
    let bytes = builder.finished
    #expect(try ReplyReader(bytes.span).lines(sharing: bytes).count == 2)
  }

  @Test func `versions keep names and numbers`() throws {
    let bytes = reply { $0.versions([("linear", 1, 4, 0), ("snapshot-origin", 1, 9, 2)]) }
    let versions = try ReplyReader(bytes.span).targetVersions()
    #expect(versions.map(\.targetType) == [.linear, "snapshot-origin"])
    #expect(versions.last?.version == InterfaceVersion(major: 1, minor: 9, patch: 2))
    #expect(try ReplyReader(reply { _ in }.span).targetVersions().isEmpty)
  }

  @Test func `dependencies keep their numbers`() throws {
    let bytes = reply { $0.dependencies([0x810, 0x120_fe01]) }
    #expect(
      try ReplyReader(bytes.span).dependencies()
        == [Device(major: 8, minor: 16), Device(major: 254, minor: 0x1201)])
    #expect(try ReplyReader(reply { $0.dependencies([]) }.span).dependencies().isEmpty)
  }

  @Test(arguments: [3, 1 << 16, .max] as [UInt32])
  func `a count of dependencies beyond the reply is an error`(count: UInt32) {
    var builder = ReplyBuilder()
    builder.dependencies([0x810, 0x820])
    builder.put(count, at: 312)
    let bytes = builder.finished
    #expect(throws: ReplyError.self) { try ReplyReader(bytes.span).dependencies() }
  }

  @Test func `a message has a reply only if the flag says so`() throws {
    let with = reply([.dataOut]) { $0.message("0: 0+24 24 - -\n") }
    let without = reply { $0.message("left over") }
    #expect(try ReplyReader(with.span).message(sharing: with) == "0: 0+24 24 - -\n")
    #expect(try ReplyReader(without.span).message(sharing: without) == nil)
    let empty = reply([.dataOut]) { $0.message("") }
    #expect(try ReplyReader(empty.span).message(sharing: empty)?.isEmpty == true)
  }

  @Test func `a reply without its end is an error`() {
    let bytes = reply([.dataOut]) { $0.message("text") }
    let cut = Array(bytes.dropLast())
    var builder = ReplyBuilder(flags: [.dataOut])
    builder.put(UInt32(cut.count), at: 12)
    let head = Array(builder.bytes[..<312]) + cut[312...]
    #expect(throws: ReplyError.self) { try ReplyReader(head.span).message(sharing: head) }
  }

  @Test(arguments: ReplyLaw.allCases)
  func `every reply as the kernel sends it is read`(law: ReplyLaw) throws {
    for reply in law.replies { #expect(try law.check(reply)) }
  }

  @Test(arguments: ReplyLaw.allCases)
  func `every prefix of a reply is an error or is read`(law: ReplyLaw) throws {
    for reply in law.replies {
      for length in 0..<reply.count {
        var cut = Array(reply[..<length])
        _ = try law.check(cut)
        guard length >= 16 else { continue }
        for index in 0..<4 { cut[12 + index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
        _ = try law.check(cut)
      }
    }
  }

  @Test(arguments: ReplyLaw.allCases)
  func `no mutated reply stops the decoder`(law: ReplyLaw) throws {
    var mutator = ReplyMutator(seed: 1)
    var readCount = 0
    let replies = law.replies
    for _ in 0..<5_000 {
      guard let reply = replies.randomElement(using: &mutator.generator) else { continue }
      if try law.check(mutator.mutate(reply)) { readCount += 1 }
    }
    // Both the errors and the values were reached.
    #expect(readCount > 100 && readCount < 4_900)
  }
}
