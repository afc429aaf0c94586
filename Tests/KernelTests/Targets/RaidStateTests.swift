import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.raid)) struct RaidStates {
    @Test(arguments: TargetState.raid)
    func `an array is`(state: TargetState) async throws { try await state.check(legs: 8) }

    // Debian's kernel, which has no ebs, takes raid10 over two legs only, and warns of itself when
    // an array with a journal goes away.
    @Test(.optionalKernel(.raid, .ebs), arguments: TargetState.wide)
    func `an array of mirrors or with a journal is`(state: TargetState) async throws {
      try await state.check(legs: 8)
    }

    // Without it, Linux hasn't chosen functions for the second parity, and crashes when it needs one.
    @Test(
      .enabled("needs Scripts/dm-sandbox --raid6") {
        try !FilePath("/proc/cmdline").text().contains("raid6_select_algo")
      }, arguments: TargetState.raid6)
    func `an array with two parities is`(state: TargetState) async throws {
      try await state.check(legs: 8)
    }

    @Test(.kernel(.mirror), arguments: TargetState.mirror)
    func `a mirror is`(state: TargetState) async throws { try await state.check() }
  }
}

extension TargetState {
  private static let pair = "8192 raid raid1 3 0 region_size 1024 2 {0} {1} {2} {3}"

  /// An array that loses one leg after the other.
  private static func loss(
    _ row: String, _ name: String, legs: [Int], of count: Int, redundancy: Int
  ) -> TargetState {
    let health = String(repeating: "A", count: count - legs.count)
    let failed = String(repeating: "D", count: legs.count)
    return TargetState(
      "\(name) without \(legs.count) legs", row, "\(name) \(count) \(failed)\(health) ...",
      legs.count > redundancy ? .failed : .degraded
    ) { subject in
      try await subject.expect("\(name) \(count) * */* idle ...", .healthy)
      for leg in legs {
        try await subject.legs.fail(leg)
        _ = try? await subject.write(count: 128)
      }
    }
  }

  static let raid: [TargetState] = [
    TargetState("in sync", pair, "raid1 2 AA 8192/8192 idle 0 0 -"),
    TargetState(
      "resynchronised", pair, "raid1 2 aa */8192 resync 0 0 -", .degraded, slow: [1, 3]),
    TargetState("without a leg", pair, "raid1 2 AD 8192/8192 idle 0 0 -", .degraded) { subject in
      try await subject.expect("raid1 2 AA 8192/8192 idle 0 0 -", .healthy)
      try await subject.legs.fail(3)
      try await subject.write()
    },
    TargetState("without the first leg", pair, "raid1 2 DA ...", .degraded) { subject in
      try await subject.expect("raid1 2 AA 8192/8192 idle 0 0 -", .healthy)
      try await subject.legs.fail(1)
      try await subject.write()
    },
    TargetState(
      "made without a leg", "8192 raid raid1 2 0 sync 2 {0} {1} - -", "raid1 2 A- ...", .degraded),
    TargetState("rebuilt", pair, "raid1 2 Aa */8192 recover 0 0 -", .degraded) { subject in
      try await subject.expect("raid1 2 AA 8192/8192 idle 0 0 -", .healthy)
      try await subject.legs.slow(3)
      try await subject.load(
        "8192 raid raid1 5 0 rebuild 1 region_size 1024 2 {0} {1} {2} {3}")
    },
    TargetState("checked", pair, "raid1 2 AA */8192 check 0 0 -") { subject in
      try await subject.expect("raid1 2 AA 8192/8192 idle 0 0 -", .healthy)
      try await subject.legs.slow(3)
      try subject.send("check")
    },
    TargetState("found to differ", pair, "raid1 2 AA 8192/8192 idle 128 0 -", .degraded) {
      subject in
      try await subject.expect("raid1 2 AA 8192/8192 idle 0 0 -", .healthy)
      try await subject.write("3", at: 8)
      try subject.send("check")
    },
    TargetState("frozen", pair, "raid1 2 AA */8192 frozen|idle 0 0 -") { subject in
      try await subject.expect("raid1 2 AA 8192/8192 idle 0 0 -", .healthy)
      // Newer kernels answer with an error, and say so only in the middle of a synchronisation.
      _ = try? subject.send("frozen")
    },
    TargetState(
      "striped", "16384 raid raid0 1 128 2 - {0} - {1}", "raid0 2 AA 8192/8192 idle 0 0 -"),
    loss(
      "16384 raid raid4 2 128 nosync 3 {0} {1} {2} {3} {4} {5}", "raid4", legs: [1], of: 3,
      redundancy: 1),
    loss(
      "16384 raid raid5_ls 2 128 nosync 3 {0} {1} {2} {3} {4} {5}", "raid5_ls", legs: [1], of: 3,
      redundancy: 1),
    loss(
      "16384 raid raid5_ls 2 128 nosync 3 {0} {1} {2} {3} {4} {5}", "raid5_ls", legs: [1, 3], of: 3,
      redundancy: 1),
  ]

  static let wide: [TargetState] = [
    TargetState(
      "journaled",
      "16384 raid raid5_ls 5 128 journal_dev {6} journal_mode writeback 3 "
        + "{0} {1} {2} {3} {4} {5}",
      "raid5_ls 3 AAA 8192/8192 idle 0 0 a"),
    loss(
      "16384 raid raid10 6 128 sync raid10_copies 2 raid10_format near 4 {0} {1} {2} {3} {4} {5} {6} {7}",
      "raid10", legs: [1],
      of: 4, redundancy: 1),
  ]

  static let raid6: [TargetState] = [
    loss(
      "16384 raid raid6_zr 2 128 sync 4 {0} {1} {2} {3} {4} {5} {6} {7}", "raid6_zr", legs: [1],
      of: 4, redundancy: 2),
    loss(
      "16384 raid raid6_zr 2 128 sync 4 {0} {1} {2} {3} {4} {5} {6} {7}", "raid6_zr",
      legs: [1, 3], of: 4, redundancy: 2),
  ]

  /// A mirror with its log on a third leg, that loses one of them.
  private static func mirror(
    without leg: Int, _ name: String, _ features: String, _ states: String
  ) -> TargetState {
    TargetState(
      "without \(name)", "8192 mirror disk 3 {2} 1024 nosync 2 {0} 0 {1} 0 \(features)",
      "2 {0} {1} * 1 \(states)", .degraded
    ) { subject in
      try await subject.legs.fail(leg)
      try subject.writeInBackground()
    }
  }

  static let mirror: [TargetState] = [
    TargetState(
      "in sync", "8192 mirror core 2 1024 nosync 2 {0} 0 {1} 0", "2 {0} {1} 8/8 1 AA 1 core"),
    TargetState(
      "synchronised", "8192 mirror core 1 1024 2 {0} 0 {1} 0", "2 {0} {1} */8 1 AA 1 core",
      .degraded, slow: [1]),
    mirror(without: 1, "its second leg", "1 handle_errors", "AD 3 disk {2} A"),
    mirror(without: 0, "its first leg", "2 handle_errors keep_log", "DA 3 disk {2} A"),
    mirror(without: 2, "its log", "1 handle_errors", "AA 3 disk {2} D"),
    TargetState(
      "read from its other leg",
      "8192 mirror core 2 1024 nosync 2 {0} 0 {1} 0 1 handle_errors",
      "2 {0} {1} 8/8 1 RA 1 core", .degraded
    ) { subject in
      try await subject.legs.fail(0)
      try await subject.read()
    },
  ]
}
