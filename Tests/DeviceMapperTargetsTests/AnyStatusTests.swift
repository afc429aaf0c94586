import DeviceMapperTargets
import Foundation
import Testing

struct AnyStatusTests {
  @Test(arguments: [
    "0 2048 thin-pool 0 1648/16384 0/512 - rw no_discard_passdown queue_if_no_space - 1024",
    "0 2048 thin-pool Fail",
    "0 2048 linear",
    "0 2048 of-the-future 1 2 three",
  ])
  func `a line survives JSON`(text: String) throws {
    let line = try TargetLine<AnyStatus>(parsing: text)
    let json = try JSONEncoder().encode(line)
    #expect(try JSONDecoder().decode(TargetLine<AnyStatus>.self, from: json) == line)
    #expect(line.description == text)
  }
}
