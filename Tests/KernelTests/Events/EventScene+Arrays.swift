import DeviceMapper
import DeviceMapperTargets

extension EventScene {
  private static func legs(_ count: Int) -> [Step] {
    (0..<count).flatMap { [Step.part("m\($0)", 8192), .part("d\($0)", 32768)] }
  }
  private static let raid1 = "2 {m0} {d0} {m1} {slow}"
  private static let raid5 = "3 {m0} {d0} {m1} {d1} {m2} {d2}"
  private static let slowRaid5 = "3 {m0} {slow0} {m1} {slow1} {m2} {slow2}"
  private static let mirror = "2 {d0} 0 {d1} 0 1 handle_errors"

  /// What happens to arrays, mirrors, stripes and paths.
  static let arrays = [
    EventScene(
      "an array is checked, loses a device and gets another", .raid,
      setting: legs(2) + [
        // Slow enough that work can be seen under way.
        .device("slow", 32768, "delay {d1} 0 10"),
        .device("raid", 32768, "raid raid1 4 0 nosync region_size 1024 \(raid1)"),
      ],
      Act(
        .message("raid", "check"), .rename("raid", "array"), tells: .raidCheckStarted,
        .raidCheckCompleted),
      Act(
        .write("d1", 10..<20), .message("array", "check"), tells: .raidMismatches,
        .raidCheckCompleted),
      Act(.shatter("slow"), .write("array", 0..<1), tells: .raidDegraded, of: "1"),
      Act(
        .suspend("array"), .table("slow", 32768, "delay {d1} 0 40"),
        .table("array", 32768, "raid raid1 5 0 region_size 1024 rebuild 1 \(raid1)"),
        .pause(.milliseconds(100)), .rename("array", "raid"), .pause(.zero),
        tells: .raidRecoveryStarted,
        .raidRecoveryCompleted),
      // While it is suspended it is frozen, and says nothing of how far it is.
      Act(
        .suspend("raid"),
        .table("raid", 32768, "raid raid1 4 0 nosync region_size 1024 \(raid1)"),
        .pause(.milliseconds(100)))),
    EventScene(
      "an array gets smaller chunks", .raid,
      setting: legs(3)
        + (0..<3).map { .device("slow\($0)", 32768, "delay {d\($0)} 0 5") }
        // Less than there is room for: a reshape needs some to write to.
        + [.device("raid", 61440, "raid raid5_ls 4 64 nosync region_size 1024 \(slowRaid5)")],
      Act(
        .table(
          "raid", 61440, "raid raid5_ls 5 32 region_size 1024 data_offset 1024 \(slowRaid5)"),
        // The kernel waits for another table before it gets to work.
        .table("raid", 61440, "raid raid5_ls 3 32 region_size 1024 \(slowRaid5)"),
        .pause(.zero),
        tells: .raidReshapeStarted, .raidReshapeCompleted)),
    EventScene(
      "an array loses more than it can do without", .raid,
      setting: legs(3) + [
        .device("raid", 65536, "raid raid5_ls 4 64 nosync region_size 1024 \(raid5)")
      ],
      Act(.shatter("d0"), .write("raid", 0..<2), tells: .raidDegraded, of: "0"),
      Act(.shatter("d1"), .write("raid", 0..<2), tells: .raidDegraded, .raidFailed, of: "1")),
    EventScene(
      "an array loses its journal", .raid,
      // Linux 6.1 warns when such an array is removed, which the version of `raid` doesn't tell.
      optional: (.linear, InterfaceVersion(major: 1, minor: 5, patch: 0)),
      setting: legs(3) + [
        .part("j", 8192),
        .device(
          "raid", 65536, "raid raid5_ls 6 64 nosync region_size 1024 journal_dev {j} \(raid5)"),
      ],
      Act(.shatter("j"), .beginWrite("raid", 0), tells: .raidJournalFailed)),
    EventScene(
      "a mirror agrees, and loses its legs", .mirror,
      setting: [.part("d0", 32768), .part("d1", 32768)],
      Act(
        .device("mirror", 32768, "mirror core 1 1024 \(mirror)"), tells: .mirrorResyncCompleted),
      Act(.shatter("d1"), .beginWrite("mirror", 0), tells: .mirrorDegraded, of: "1"),
      Act(
        .shatter("d0"), .beginWrite("mirror", 100), tells: .mirrorDegraded, .mirrorFailed, of: "0"),
      // The first write waits for somebody to do something about its leg.
      Act(.table("mirror", 32768, "error"))),
    EventScene(
      "a mirror loses its log", .mirror,
      setting: [
        .part("d0", 32768), .part("d1", 32768), .part("log", 1024),
        .device("mirror", 32768, "mirror disk 3 {log} 1024 nosync \(mirror)"),
      ],
      Act(.shatter("log"), .beginWrite("mirror", 0), tells: .mirrorLogFailed),
      Act(.table("mirror", 32768, "mirror core 2 1024 nosync \(mirror)"))),
    EventScene(
      "a stripe has errors", .striped,
      setting: [
        .part("d0", 8192), .part("d1", 8192),
        .device("striped", 16384, "striped 2 128 {d0} 0 {d1} 0"),
      ],
      Act(.shatter("d1"), .read("striped", 0..<20), tells: .stripedDegraded, of: "1")),
    EventScene(
      "paths fail and come back", .multipath,
      setting: [
        .part("d0", 8192), .part("d1", 8192),
        .device(
          "multipath", 8192,
          "multipath 2 queue_mode bio 0 2 1 round-robin 0 1 1 {d0} 1 round-robin 0 1 1 {d1} 1"),
        .read("multipath", 0..<1),
      ],
      Act(.message("multipath", "fail_path {d0}"), tells: .multipathPathFailed),
      Act(
        .read("multipath", 0..<1), .message("multipath", "reinstate_path {d0}"),
        tells: .multipathPathReinstated, .multipathGroupSwitched),
      Act(.message("multipath", "fail_path {d0}"), tells: .multipathPathFailed),
      Act(
        .message("multipath", "fail_path {d1}"), tells: .multipathPathFailed, .multipathFailed),
      Act(.message("multipath", "reinstate_path {d1}"), tells: .multipathPathReinstated)),
  ]
}
