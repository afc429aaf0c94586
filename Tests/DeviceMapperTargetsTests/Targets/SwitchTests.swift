import DeviceMapperTargets
import Testing

struct SwitchTests {
  @Test(arguments: [
    "1 1 0 1:0 0", "2 128 0 1:0 0 1:1 8", "3 4294967295 2 of the 8:0 0 /dev/b 0 8:32 0",
  ])
  func `parameters are printed as they were read`(line: String) throws {
    try expectRoundTrip(SwitchTargetParams.self, line)
  }

  @Test(arguments: [
    ("0 128 0", "number of paths", 0, ParseError.Reason.outOfRange),
    ("1 0 0 1:0 0", "region size", 2, .outOfRange),
    ("2 128 0 1:0 0", "device", 13, .missing),
    ("4294967295 128 0 1:0 0", "device", 22, .missing),
    ("1 128 0 1:0 0 1:1 0", "end of line", 14, .unexpected),
    ("1 128 1", "optional argument count", 7, .missing),
  ])
  func `parameters that the kernel refuses are refused`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    expectParseError(SwitchTargetParams.self, line, field, offset, reason)
  }

  @Test func `what is refused at construction is refused in JSON`() {
    expectRefusedJSON(SwitchTargetParams.self, #"{"regionSize":8,"paths":[],"unknown":[]}"#)
    expectRefusedJSON(
      SwitchTargetParams.self,
      #"{"regionSize":0,"paths":[{"device":"1:0","start":0}],"unknown":[]}"#)
  }

  @Test func `the status is empty`() throws {
    try expectRoundTrip(SwitchStatus.self, "")
  }

  @Test(arguments: [
    (
      [SwitchMapping.region(0, path: 0), .next(path: 1), .region(0x1000, path: 10)],
      "set_region_mappings 0:0 :1 1000:a"
    ),
    (
      [.region(0x10, path: 0), .next(path: 1), .next(path: 2), .repeat(period: 3, count: 0x100)],
      "set_region_mappings 10:0 :1 :2 R3,100"
    ),
  ])
  func `mappings are printed in hexadecimal`(mappings: [SwitchMapping], text: String) {
    #expect(SwitchMessage.setRegionMappings(mappings).text.description == text)
  }
}
