import DeviceMapper
import DeviceMapperTargets
import Foundation
import Testing

struct EventKindTests {
  @Test func `every kind has one name, of its family`() {
    let names = DmEvent.Kind.all.map(\.name)
    #expect(Set(names).count == names.count)
    for kind in DmEvent.Kind.all where kind.family != .other {
      let prefix = kind.family.rawValue.replacingOccurrences(of: "-", with: "_")
      #expect(kind.name.hasPrefix(prefix + "_"), "\(kind)")
    }
  }

  @Test(arguments: DmEvent.Family.allCases)
  func `every family has kinds, and no target is in two`(family: DmEvent.Family) {
    #expect(!family.kinds.isEmpty)
    for other in DmEvent.Family.allCases where other != family {
      #expect(Set(family.targetTypes).isDisjoint(with: other.targetTypes))
    }
  }

  @Test func `a kind comes back from JSON, an unknown one doesn't`() throws {
    let json = try JSONEncoder().encode(DmEvent.Kind.all)
    #expect(try JSONDecoder().decode([DmEvent.Kind].self, from: json) == DmEvent.Kind.all)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([DmEvent.Kind].self, from: Data(#"["thin_high_water"]"#.utf8))
    }
  }

  @Test func `an event is one line`() throws {
    let device = ListedDevice(
      name: "pool", device: Device(major: 253, minor: 3), eventNumber: 7, uuid: nil)
    let status = AnyStatus.raid(try RaidStatus(parsing: "raid1 2 AD 8/8 idle 0 0 -"))
    #expect(
      "\(DmEvent(.raidDegraded, device: device, target: .init(start: 0, status: status, parts: ["1"])))"
        == "pool (253:3): raid_degraded 1: raid1 2 AD 8/8 idle 0 0 -")
    #expect(
      "\(DmEvent(.deviceRenamed, device: device, previousName: "tool"))"
        == "pool (253:3): device_renamed, before tool")
  }
}
