import CDeviceMapper
import DeviceMapperTargets
import Testing

/// The same figures as libdevmapper has, for RAID arrays.
struct RaidAgreementTests {
  @Test(arguments: [
    "raid1 2 AA 131072/131072 idle 0 0 -",
    "raid1 2 AD 131072/131072 idle 0 0 -",
    "raid5_ls 3 AAA 64/490221568 resync 0 0 -",
    "raid6_zr 4 AaDA 0/490221568 recover 8 2048 A",
    "raid10 4 AADD 7/9 check 18446744073709551615 0 -",
    "raid1 2 AA 131072/131072 idle 0",
    "raid4 5 AAAAA 2/490221568",
  ])
  func `an array`(line: String) throws {
    let ours = try RaidStatus(parsing: line)
    let theirs = try unsafe Library.parse(line, dm_get_status_raid) { unsafe $0?.figures }
    #expect(ours.figures == theirs)
  }

  /// libdevmapper corrects what kernels report for LVM's sake; here a line says what it says.
  @Test(arguments: [
    ("raid1 2 Aa 131072/131072 idle 0 0 -", "Aa", "131071/131072"),
    ("raid1 2 Aa 131072/131072 recover 0 0 -", "Aa", "131071/131072"),
  ])
  func `what libdevmapper corrects is kept`(
    line: String, health: String, progress: String
  ) throws {
    let ours = try RaidStatus(parsing: line)
    #expect(ours.text.description == line)
    let theirs = try unsafe Library.parse(line, dm_get_status_raid) { unsafe $0?.figures }
    #expect(theirs?[1...2] == ["devices 2 \(health)", "progress \(progress)"])
  }
}

extension RaidStatus {
  fileprivate var figures: [String] {
    let letters = devices.map { state in
      switch state {
      case .inSync: "A"
      case .outOfSync: "a"
      case .failed: "D"
      case .missing: "-"
      }
    }
    return [
      "type \(type)",
      "devices \(deviceCount) \(letters.joined())",
      "progress \(progress.used.rawValue)/\(progress.total.rawValue)",
      "action \(action?.description ?? "")",
      "mismatches \(mismatches ?? 0)",
      "offset \(dataOffset?.rawValue ?? 0)",
    ]
  }
}

extension dm_status_raid {
  fileprivate var figures: [String] {
    unsafe [
      "type \(Library.string(raid_type) ?? "")",
      "devices \(dev_count) \(Library.string(dev_health) ?? "")",
      "progress \(insync_regions)/\(total_regions)",
      "action \(Library.string(sync_action) ?? "")",
      "mismatches \(mismatch_count)",
      "offset \(data_offset)",
    ]
  }
}
