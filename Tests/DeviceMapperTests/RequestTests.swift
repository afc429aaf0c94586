import DeviceMapper
import DeviceMapperTargets
import Testing

/// Requests byte for byte, against bytes that were worked out by hand from `linux/dm-ioctl.h`.
struct RequestTests {
  /// A header of zeroes, into which `fields` are put at their offsets.
  private func header(size: Int = 312, _ fields: [Int: [UInt8]]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    for (offset, field) in fields {
      bytes.replaceSubrange(offset..<offset + field.count, with: field)
    }
    return bytes
  }

  private func encode(_ request: Request, behind data: [UInt8] = []) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 312) + data
    var span = bytes.mutableSpan
    var raw = unsafe span.mutableBytes
    request.write(to: &raw)
    return bytes
  }

  @Test func `a request that names nothing`() {
    #expect(
      encode(Request(.version))
        == header([0: [4], 12: [0x38, 1, 0, 0], 16: [0x38, 1, 0, 0]]))
  }

  @Test func `a device by name`() {
    var request = Request(.deviceSuspend, .name("data"), flags: [.suspend, .noFlush])
    request.eventNumber = 0x0046_1234
    #expect(
      encode(request)
        == header([
          0: [4], 12: [0x38, 1], 16: [0x38, 1], 28: [0x02, 0x08], 32: [0x34, 0x12, 0x46, 0],
          48: [0x64, 0x61, 0x74, 0x61],
        ]))
  }

  @Test func `a device by uuid`() {
    #expect(
      encode(Request(.deviceInfo, .uuid("LVM-1")))
        == header([
          0: [4], 12: [0x38, 1], 16: [0x38, 1], 176: [0x4c, 0x56, 0x4d, 0x2d, 0x31],
        ]))
  }

  @Test func `a device by number`() {
    // The low byte of the minor number, the major number, the rest of the minor number.
    let device = Device(major: 254, minor: 0x1_2345)
    #expect(
      encode(Request(.deviceInfo, .device(device)))
        == header([0: [4], 12: [0x38, 1], 16: [0x38, 1], 40: [0x45, 0xfe, 0x30, 0x12]]))
  }

  @Test func `the longest name and uuid end before the next field`() throws {
    var request = try Request(
      .deviceCreate, .name(DmName(String(repeating: "n", count: 127))), flags: [.readOnly])
    request.uuid = try DmUuid(String(repeating: "u", count: 128))
    #expect(
      encode(request)
        == header([
          0: [4], 12: [0x38, 1], 16: [0x38, 1], 28: [1],
          48: [UInt8](repeating: 0x6e, count: 127), 176: [UInt8](repeating: 0x75, count: 128),
        ]))
  }

  @Test(
    arguments: [
      (DmCommand.listVersions, 1), (.targetMessage, 2), (.setGeometry, 6), (.armPoll, 36),
      (.targetVersion, 41), (.tableLoad, 0),
    ] as [(DmCommand, UInt8)])
  func `a request carries the version that its command came with`(
    command: DmCommand, minor: UInt8
  ) {
    #expect(encode(Request(command))[0..<12] == [4, 0, 0, 0, minor, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func `a table is a specification a line, each with its text and padding`() throws {
    let table = try TargetTable([
      TargetLine(start: 0, length: 2048, VerbatimTarget(.linear, "1:0 384")),
      TargetLine(start: 2048, length: 0x1_0203, VerbatimTarget(.zero, "")),
    ])
    var writer = TableWriter(lines: 2)
    for line in table.lines { writer.append(line) }
    let isWhole = writer.isWhole
    #expect(isWhole)
    #expect(writer.lineCount == 2)
    let first: [UInt8] =
      [0, 0, 0, 0, 0, 0, 0, 0] + [0, 8, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0] + [48, 0, 0, 0]
      + [0x6c, 0x69, 0x6e, 0x65, 0x61, 0x72, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
      + [0x31, 0x3a, 0x30, 0x20, 0x33, 0x38, 0x34, 0]
    let second: [UInt8] =
      [0, 8, 0, 0, 0, 0, 0, 0] + [3, 2, 1, 0, 0, 0, 0, 0] + [0, 0, 0, 0] + [48, 0, 0, 0]
      + [0x7a, 0x65, 0x72, 0x6f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
      + [0, 0, 0, 0, 0, 0, 0, 0]
    #expect(writer.take() == [UInt8](repeating: 0, count: 312) + first + second)
  }

  @Test func `a text with a NUL isn't whole for the kernel`() {
    let text: [UInt8] = [0x31, 0, 0x32]
    let line = TargetLine(
      start: 0, length: 8, VerbatimTarget("of-the-future", TargetText(bytes: text.span)))
    var writer = TableWriter(lines: 1)
    writer.append(line)
    #expect(!writer.isWhole)
  }

  @Test func `the header counts the lines and all of the bytes`() {
    var request = Request(.tableLoad, .name("d"))
    request.targetCount = 2
    let bytes = encode(request, behind: [UInt8](repeating: 7, count: 96))
    #expect(bytes[12..<16] == [0x98, 1, 0, 0])
    #expect(bytes[16..<20] == [0x38, 1, 0, 0])
    #expect(bytes[20..<24] == [2, 0, 0, 0])
    #expect(bytes[312...].allSatisfy { $0 == 7 })
  }

  @Test func `a message is a sector and a string`() {
    var writer = TextWriter(behind: 0)
    #expect(writer.message(sector: 0x0102_0304_0506_0708) { $0.word("@stats_list") })
    #expect(
      writer.take()
        == [8, 7, 6, 5, 4, 3, 2, 1]
        + [0x40, 0x73, 0x74, 0x61, 0x74, 0x73, 0x5f, 0x6c, 0x69, 0x73, 0x74, 0])
  }

  @Test func `a message with a NUL isn't one that the kernel sees all of`() {
    var writer = TextWriter(behind: 0)
    #expect(!writer.message(sector: 0) { $0.text("key set\0more") })
  }

  @Test func `a geometry is four numbers`() {
    var writer = TextWriter()
    Geometry(cylinders: 1024, heads: 255, sectorsPerTrack: 63, start: 2048).write(to: &writer)
    #expect(writer.text == "1024 255 63 2048")
  }

  @Test func `the request numbers are the kernel's`() {
    #expect(DmCommand.version.request == 0xc138_fd00)
    #expect(DmCommand.tableStatus.request == 0xc138_fd0c)
    #expect(DmCommand.targetVersion.request == 0xc138_fd11)
  }
}
