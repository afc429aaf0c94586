import DeviceMapperTargets
import Testing

struct ConciseDeviceTests {
  typealias Device = ConciseDevice<AnyTarget>

  @Test(arguments: [
    "dm-linear,,1,rw,0 32768 linear 8:1 0,32768 1024000 linear 8:2 0;dm-verity,,3,ro,0 16 zero",
    "test-linear,LVM-abc,4,rw", "a,,,ro,0 8 error;b,u,0,rw,0 8 zero",
    #"a\,b,u\;v,7,rw,0 8 linear /dev/a\\ b 0"#,
    #"a\\x20b,,253,rw,0 8 of-the-future a\,b\;c\\d\,e"#,
  ])
  func `devices are printed as they were read`(text: String) throws {
    let devices = try Device.devices(parsing: text)
    let printed = try Device.text(of: devices)
    #expect(printed.description == text)
    try expectJSONRoundTrip(devices)
  }

  @Test func `escapes and blanks are dmsetup's`() throws {
    let devices = try Device.devices(
      parsing:
        #"  a\,\;\\\ ,  \ u ,12, rw, 0 8 linear /dev/x\\ y 0 , ,8 8 zero;\#n  b,,,,0 8 zero;"#
        + "\n")
    #expect(devices.count == 2)
    #expect(devices[0].name.string == #"a,;\ "#)
    #expect(devices[0].uuid?.string == " u ")
    #expect(devices[0].minor == 12)
    #expect(devices[0].table?.lines.count == 2)
    #expect(devices[0].table?.lines[0].content.text == #"/dev/x\ y 0"#)
    #expect(devices[1].name.string == "b")
    #expect(devices[1].minor == nil)
    #expect(!devices[1].isReadOnly)
  }

  @Test(arguments: [" a", "a\nb", "a,b;c\\d", ",", "\\", " ", "a "])
  func `any name and uuid comes back`(text: String) throws {
    let bytes = Array(text.utf8)
    let device = Device(
      name: try DmName(kernelBytes: bytes.span), uuid: try DmUuid(kernelBytes: bytes.span),
      isReadOnly: true,
      table: try TargetTable(length: 8, .other(VerbatimTarget("later", TargetText(text).trimmed))))
    let printed = try Device.text(of: [device, device])
    #expect(try Device.devices(parsing: printed.bytes) == [device, device])
  }

  @Test func `dmsetup is helped to find the end behind an escape`() throws {
    let table = try TargetTable<AnyTarget>(length: 8, .other(VerbatimTarget("later", ",")))
    let text = try Device.text(of: [Device(name: "a", table: table)])
    #expect(text.description == #"a,,,rw,0 8 later \,;"#)
  }

  @Test(arguments: [
    ("a", "comma", 1), ("a,b", "comma", 3), ("a,b,1", "comma", 5), ("a,b,1;", "comma", 5),
    (",,,rw,0 8 zero", "name", 0), ("a,,x,rw,0 8 zero", "minor", 3),
    ("a,,4294967296,rw,0 8 zero", "minor", 3), ("a,,0x1,rw,0 8 zero", "minor", 3),
    ("a,,,wo,0 8 zero", "flags", 4), ("a,,,rw,0 8 zero\\", "table", 16),
    ("a,,,rw,0 8 zero,8 x zero", "length", 18),
    (#"a,,,rw,0 8 linear \/\d\e\v 0,8 x zero"#, "length", 31),
    (#"a,,,rw,0 8 linear /dev/a\\ b x"#, "start", 29),
    ("a,,,rw,0 8 linear 1:0", "start", 21), (";a,,,rw,0 8 zero", "comma", 0),
  ])
  func `an error says where and what`(text: String, field: String, offset: Int) {
    let error = #expect(throws: DeviceTextError.self) { try Device.devices(parsing: text) }
    guard case .text(let error) = error else {
      Issue.record("not an error of the text")
      return
    }
    #expect(error.field == field)
    #expect(error.offset == offset)
  }

  @Test func `lines that are no table are refused`() {
    let error = #expect(throws: DeviceTextError.self) {
      try Device.devices(parsing: "a,,,rw,0 8 zero;b,,,rw,0 8 zero,9 8 zero")
    }
    #expect(error == .table(.gap(line: 1, start: 9, expected: 8), offset: 23))
  }

  // Examples of the kernel's document.
  @Test(arguments: [
    "lroot,,,rw, 0 4096 linear 98:16 0, 4096 4096 linear 98:32 0",
    "vroot,,,ro,0 1740800 verity 254:0 254:0 1740800 sha1 76e9be054b15884a9fa85973e9cb274c93afadb6 5b3549d54d6c7a3837b9b81ed72e49463a64c03680c47835bef94d768e5646fe; vram,,,rw,0 32768 linear 1:0 0,32768 32768 linear 1:1 0",
    "dm-striped,,4,ro,0 1638400 striped 4 4096 /dev/sda1 0 /dev/sda2 0 /dev/sda3 0 /dev/sda4 0",
  ])
  func `the kernel's examples are read`(text: String) throws {
    typealias Device = ConciseDevice<VerbatimTarget>
    let devices = try Device.devices(parsing: text, as: .kernel)
    let printed = try Device.text(of: devices, as: .kernel)
    #expect(try Device.devices(parsing: printed.bytes, as: .kernel) == devices)
    #expect(devices.allSatisfy { $0.table != nil })
  }

  @Test func `the kernel takes numbers as C writes them`() throws {
    let devices = try Device.devices(
      parsing: "a , u , 0x10 , ro , 0x0 010 linear 1:0 0 ;b,,017,rw,0 0X10 linear 1:0 0",
      as: .kernel)
    #expect(devices[0].name == "a")
    #expect(devices[0].uuid == "u")
    #expect(devices[0].minor == 16)
    #expect(devices[0].isReadOnly)
    #expect(devices[0].table?.length == 8)
    #expect(devices[1].minor == 15)
    #expect(devices[1].table?.length == 16)
  }

  @Test(arguments: [
    ("a,,,rw", "table", 6), ("a,,,,0 8 linear 1:0 0", "flags", 4), ("a,,,rw,", "start", 7),
    ("a,,,rw,0 8 zero", "target type", 11), ("a,,,rw,0 0x8g linear 1:0 0", "length", 9),
    ("a,,-1,rw,0 8 linear 1:0 0", "minor", 3), ("a,,0x-1,rw,0 8 linear 1:0 0", "minor", 3),
    ("a,,,rw,0 8 linear 1:0 0,", "start", 24),
  ])
  func `what the kernel refuses is refused`(text: String, field: String, offset: Int) {
    let error = #expect(throws: DeviceTextError.self) {
      try Device.devices(parsing: text, as: .kernel)
    }
    guard case .text(let error) = error else {
      Issue.record("not an error of the text")
      return
    }
    #expect(error.field == field)
    #expect(error.offset == offset)
  }

  @Test func `what the kernel can't read isn't printed for it`() throws {
    func device(
      _ name: DmName = "a", uuid: DmUuid? = nil, _ content: String = "0 8 linear 1:0 0"
    ) throws -> Device {
      Device(name: name, uuid: uuid, table: try TargetTable(parsing: content))
    }
    func error(_ devices: [Device]) -> ConciseError? {
      do throws(ConciseError) {
        _ = try Device.text(of: devices, as: .kernel)
        return nil
      } catch {
        return error
      }
    }
    #expect(error([try device()]) == nil)
    #expect(error([try device("a,b")]) == .unescapable(field: "name", device: 0))
    #expect(error([try device("a ")]) == .unescapable(field: "name", device: 0))
    #expect(error([try device(uuid: "a;b")]) == .unescapable(field: "uuid", device: 0))
    #expect(
      error([try device(), try device("b", "0 8 linear /dev/a\\ b 0")])
        == .unescapable(field: "table", device: 1))
    #expect(error([try device("b", "0 8 zero")]) == .target(.zero, device: 0))
    #expect(error([Device(name: "a", table: nil)]) == .noTable(device: 0))
    #expect(error(Array(repeating: try device(), count: 257)) == .tooManyDevices)
    #expect(error(Array(repeating: try device(), count: 256)) == .tooLong)
    let lines = (0..<257).map { "\($0 * 8) 8 linear 1:0 0\n" }.joined()
    #expect(error([try device("a", lines)]) == .tooManyLines(device: 0))
  }

  @Test func `the kernel's limits hold for what is read`() throws {
    let device = "a,,,rw,0 8 linear 1:0 0;"
    let many = String(repeating: device, count: 257)
    #expect(try Device.devices(parsing: many).count == 257)
    #expect(throws: DeviceTextError.self) { try Device.devices(parsing: many, as: .kernel) }
    let short = String(repeating: "a,,,rw,0 8 error;", count: 2)
    #expect(try Device.devices(parsing: short).count == 2)
  }
}
