import DeviceMapperTargets
import Foundation
import Mutations
import Testing

struct DeviceTests {
  @Test func `dev_t interleaves the halves as makedev does`() {
    let device = Device(deviceNumber: 0xabcd_ef12_3456_7890)
    #expect(device == Device(major: 0xabcd_e678, minor: 0xf123_4590))
    #expect(device.deviceNumber == 0xabcd_ef12_3456_7890)
    #expect(Device(major: 8, minor: 1).deviceNumber == 0x801)
  }

  @Test func `the kernel's encoding has 12 and 20 bits`() {
    let device = Device(kernelDeviceNumber: 0x1234_5678)
    #expect(device == Device(major: 0x456, minor: 0x12378))
    #expect(device.kernelDeviceNumber == 0x1234_5678)
    #expect(device.hugeDeviceNumber == 0x1234_5678)
    #expect(Device(hugeDeviceNumber: 0x1234_5678) == device)
  }

  @Test(arguments: [
    Device(major: 0x1000, minor: 0), Device(major: 0, minor: 0x10_0000),
    Device(major: .max, minor: .max), Device(major: 0xabcd_e678, minor: 0xf123_4590),
  ])
  func `a number that the kernel's encoding doesn't hold has none`(device: Device) {
    #expect(device.kernelDeviceNumber == nil)
    #expect(device.hugeDeviceNumber == nil)
    #expect(Device(deviceNumber: device.deviceNumber) == device)
  }

  @Test func `every encoding and the text come back`() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<10_000 {
      let number: UInt64 = generator.number()
      let device = Device(deviceNumber: number)
      try #require(device.deviceNumber == number)
      try #require(Device(device.description) == device)
      let kernelNumber: UInt32 = generator.number()
      let small = Device(kernelDeviceNumber: kernelNumber)
      try #require(small.kernelDeviceNumber == kernelNumber)
      try #require(small.hugeDeviceNumber == UInt64(kernelNumber))
    }
  }

  @Test(arguments: [
    ("0:0", Device(major: 0, minor: 0)), ("254:12", Device(major: 254, minor: 12)),
    ("4294967295:4294967295", Device(major: .max, minor: .max)),
    ("008:01", Device(major: 8, minor: 1)),
  ])
  func `major and minor are read`(text: String, device: Device) {
    #expect(Device(text) == device)
  }

  @Test(arguments: [
    "", ":", "8", "8:", ":1", "8:1:", "8:1:2", " 8:1", "8:1 ", "8: 1", "+8:1", "-8:1", "0x8:1",
    "8:1\n", "4294967296:0", "0:4294967296", "٨:١", "8.1", "/dev/sda",
  ])
  func `anything else is no device number`(text: String) {
    #expect(Device(text) == nil)
  }

  @Test func `devices sort by major, then minor`() {
    let devices = ["8:16", "8:1", "7:20", "254:0"].compactMap { Device($0) }
    #expect(devices.sorted().map(\.description) == ["7:20", "8:1", "8:16", "254:0"])
  }

  @Test func `JSON is the text`() throws {
    let data = try JSONEncoder().encode([Device(major: 254, minor: 3)])
    #expect(String(decoding: data, as: UTF8.self) == "[\"254:3\"]")
    #expect(try JSONDecoder().decode([Device].self, from: data) == [Device(major: 254, minor: 3)])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Device].self, from: Data("[\"254\"]".utf8))
    }
  }
}
