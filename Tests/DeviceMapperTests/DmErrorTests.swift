@testable import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import Testing

struct DmErrorTests {
  /// Parameters that no error may show.
  private static let secret: TargetText = "aes-xts-plain64 0123456789abcdef 0 1:0 0"

  private static var lines: [TargetLine<VerbatimTarget>] {
    [TargetLine(start: 0, length: 8, VerbatimTarget("crypt", secret))]
  }

  @Test(arguments: [
    (
      DmError(.refused, command: .tableLoad, device: .name("data"), errno: .invalidArgument),
      "data: DM_TABLE_LOAD: refused: Invalid argument (the kernel log has the reason)"
    ),
    (
      DmError(.refused, command: .deviceRemove, device: .uuid("u"), errno: .resourceBusy),
      "uuid u: DM_DEV_REMOVE: refused: Device or resource busy"
    ),
    (
      DmError(
        .unsupported, command: .armPoll,
        context: .version(
          needed: InterfaceVersion(major: 4, minor: 36, patch: 0),
          running: InterfaceVersion(major: 4, minor: 35, patch: 2))),
      "DM_DEV_ARM_POLL: not supported by this kernel: needs interface 4.36.0, the kernel has 4.35.2"
    ),
    (
      DmError(.noContext, errno: .permissionDenied, context: .path("/dev/mapper/control")),
      "can't open the control device: Permission denied: /dev/mapper/control"
    ),
    (
      DmError(
        .unreadableReply, command: .listDevices, context: .reply(ReplyError(.next, offset: 320))),
      "DM_LIST_DEVICES: unreadable reply: the kernel's reply has no readable next at byte 320"
    ),
    (
      DmError(
        .mismatch, device: .device(Device(major: 254, minor: 3)),
        context: .uuids(described: nil, found: "u")),
      "254:3: device differs from its description: described with uuid none, found u"
    ),
    (
      DmError(
        .udevTimeout, command: .deviceRename, device: .name("a"),
        notUndone: [
          .device("b", DmError(.refused, errno: .resourceBusy)),
          .thinDevice(7, pool: "p", DmError(.cancelled)),
        ]),
      "a: DM_DEV_RENAME: udev didn't finish in time; device b is left behind: refused: "
        + "Device or resource busy; thin device 7 of p is left behind: cancelled"
    ),
  ])
  func `an error is a sentence`(error: DmError, text: String) {
    #expect(error.description == text)
  }

  @Test func `an error never shows the parameters of a table`() throws {
    let parsing = try #require(throws: ParseError.self) {
      try LinearTargetParams(parsing: Self.secret.description)
    }
    let contexts: [DmError.Context] = [
      .tables(described: Self.lines, found: Self.lines), .text(parsing),
    ]
    for context in contexts {
      let error = DmError(.mismatch, device: .name("data"), context: context)
      for text in ["\(error)", String(reflecting: error), error.description] {
        #expect(!text.contains("0123456789abcdef") && !text.contains("aes"), "\(text)")
      }
    }
  }

  @Test func `two tables are shown as ranges and types, the first four`() {
    let many = (0..<6).map {
      TargetLine(
        start: Sectors($0 * 8), length: 8, VerbatimTarget("linear", TargetText("1:0 \($0)")))
    }
    let context = DmError.Context.tables(described: many, found: [])
    #expect(
      context.description
        == "described as 0 8 linear, 8 8 linear, 16 8 linear, 24 8 linear, …, found no table")
  }

  @Test func `codes differ by their text`() {
    #expect(DmError.Code.refused != .cancelled)
    #expect(DmError(.refused) == DmError(.refused))
    #expect(DmError(.refused, errno: .noMemory) != DmError(.refused, errno: .resourceBusy))
  }

  @Test func `every command is shown by the name of its ioctl`() {
    let names = Set(DmCommand.allCases.map(\.description))
    #expect(names.count == DmCommand.allCases.count)
    #expect(names.allSatisfy { $0.hasPrefix("DM_") })
  }
}
