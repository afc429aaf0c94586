import DeviceMapper
import Testing

struct DmFlagsTests {
  @Test(
    arguments: [
      ([], "[]"), ([.suspend], "[suspend]"), ([.noFlush, .readOnly], "[readOnly, noFlush]"),
      ([.imaMeasurement, DmFlags(rawValue: 1 << 25)], "[imaMeasurement, 0x2000000]"),
      ([DmFlags(rawValue: 1 << 2)], "[0x4]"),
    ] as [(DmFlags, String)])
  func `flags are shown by name, and unnamed ones in hexadecimal`(flags: DmFlags, text: String) {
    #expect(flags.description == text)
  }

  @Test func `every bit of the kernel's has one name of its own`() {
    // Bits 2 and 7 are unused in `linux/dm-ioctl.h`.
    let bits = (0..<20).filter { $0 != 2 && $0 != 7 }
    let texts = bits.map { DmFlags(rawValue: 1 << UInt32($0)).description }
    #expect(Set(texts).count == 18)
    #expect(texts.allSatisfy { !$0.contains("0x") })
  }

  @Test(
    arguments: [
      ([], "[]"), (.privateDevice, "[disableSubsystemRules, disableDiskRules, disableOtherRules]"),
      ([.primarySource, DmCookie(rawValue: 0x8000)], "[primarySource, 0x8000]"),
    ] as [(DmCookie, String)])
  func `udev's flags are shown by name`(cookie: DmCookie, text: String) {
    #expect(cookie.description == text)
  }

  @Test func `every command takes the flags that are its own and no others`() {
    let kept: [DmCommand: DmFlags] = [
      .removeAll: [.deferredRemove], .deviceRemove: [.deferredRemove],
      .deviceCreate: [.readOnly, .persistentDevice],
      .deviceSuspend: [.suspend, .noFlush, .skipLockFilesystem],
      .deviceInfo: [.queryInactiveTable, .noFlush], .tableLoad: [.readOnly, .secureData],
      .tableDeps: [.queryInactiveTable], .targetMessage: [.secureData],
      .deviceWait: [.noFlush, .statusTable, .queryInactiveTable, .imaMeasurement, .secureData],
      .tableStatus: [.noFlush, .statusTable, .queryInactiveTable, .imaMeasurement, .secureData],
    ]
    for command in DmCommand.allCases {
      for bit in 0..<32 {
        let flag = DmFlags(rawValue: 1 << UInt32(bit))
        let isTaken = kept[command]?.contains(flag) ?? false
        do throws(DmError) {
          try command.check(DmOptions(flags: flag))
          #expect(isTaken, "\(command) took \(flag)")
        } catch {
          #expect(!isTaken, "\(command) refused \(flag)")
          #expect(error.code == .invalidOption)
          #expect(error.command == command)
          #expect(error.context == .flags(flag))
        }
      }
    }
  }

  @Test func `all refused options are named at once`() {
    let error = #expect(throws: DmError.self) {
      try DmCommand.tableLoad.check(DmOptions(flags: [.readOnly, .noFlush, .suspend]))
    }
    #expect(
      error?.description == "DM_TABLE_LOAD: option not taken by this command: [suspend, noFlush]")
  }
}
