import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  /// The states of targets that keep nothing.
  struct SimpleStates {
    @Test(.kernel(.striped, .delay, .dust, .logWrites, .switch), arguments: TargetState.simple)
    func `a device is`(state: TargetState) async throws { try await state.check() }

    @Test(.kernel(.multipath), arguments: TargetState.multipath)
    func `a multipath device is`(state: TargetState) async throws { try await state.check() }
  }
}

extension TargetState {
  static let simple: [TargetState] = [
    TargetState("striped", "8192 striped 2 16 {0} 0 {1} 0", "2 {0} {1} 1 AA"),
    TargetState(
      "striped without a stripe", "8192 striped 2 16 {0} 0 {1} 0", "2 {0} {1} 1 AD", .degraded
    ) {
      subject in
      try await subject.legs.fail(1)
      _ = try? await subject.read(count: 8)
    },
    TargetState("late", "8192 delay {0} 0 0 {0} 0 2000", "0 1 0") { subject in
      try subject.writeInBackground()
    },
    TargetState("dusty", "8192 dust {0} 0 4096", "{0} fail_read_on_bad_block verbose", .degraded) {
      subject in
      try subject.send("addbadblock 3")
      try subject.send("enable")
      await #expect(throws: ProgramResult.self) { try await subject.read(at: 3) }
      try await subject.write(at: 3)
      try await subject.read(at: 3)
    },
    TargetState("quietly not dusty", "8192 dust {0} 0 512", "{0} bypass quiet") { subject in
      try subject.send("quiet")
    },
    TargetState("logged", "8192 log-writes {0} {1}", "* *") { subject in
      try await subject.write(count: 2)
      try subject.send("mark half")
    },
    TargetState("no more logged", "8192 log-writes {0} {1}", "* * logging_disabled", .degraded) {
      subject in
      try await subject.legs.failWrites(1)
      try? await subject.write(count: 2)
      try? await subject.write(count: 2)
    },
    TargetState("switched", "8192 switch 2 128 0 {0} 0 {1} 0", "") { subject in
      try subject.send("set_region_mappings 0:1 :1 R2,10")
      try await subject.legs.fail(0)
      try await subject.read(count: 64)
    },
    TargetState("flaky", "8192 flakey {0} 0 0 60 1 error_writes", "") { subject in
      await #expect(throws: ProgramResult.self) { try await subject.write() }
      try await subject.read()
    },
    TargetState("of errors", "8192 error", "", .failed) { subject in
      await #expect(throws: ProgramResult.self) { try await subject.read() }
    },
    TargetState("of nothing", "8192 zero", "") { subject in
      try await subject.write()
      try await subject.read()
    },
  ]

  private static let paths =
    "8192 multipath 2 queue_mode bio 0 2 1 round-robin 0 2 1 {0} 1 {1} 1 "
    + "service-time 0 1 2 {2} 1 1"

  static let multipath: [TargetState] = [
    TargetState(
      "not used yet", paths,
      "2 1 0 0 2 1 E 0 2 0 {0} A 0 {1} A 0 E 0 1 2 {2} A 0 0 1"),
    TargetState(
      "used", paths, "2 0 0 0 2 1 A 0 2 0 {0} A 0 {1} A 0 E 0 1 2 {2} A 0 0 1"
    ) { subject in try await subject.read() },
    TargetState(
      "without a path", paths, "2 0 0 0 2 1 A 0 2 0 {0} F 1 {1} A 0 E 0 1 2 {2} A 0 0 1", .degraded
    ) { subject in
      try await subject.read()
      try subject.send("fail_path {0}")
    },
    TargetState(
      "with a path again", paths, "2 0 0 0 2 1 A 0 2 0 {0} A 1 {1} A 0 E 0 1 2 {2} A 0 0 1"
    ) { subject in
      try await subject.read()
      try subject.send("fail_path {0}")
      try subject.send("reinstate_path {0}")
    },
    TargetState(
      "with another group", paths, "2 0 0 0 2 2 E 0 2 0 {0} F * {1} F * A 0 1 2 {2} A 0 0 1",
      .degraded
    ) { subject in
      try await subject.legs.fail(0)
      try await subject.legs.fail(1)
      try await subject.read()
    },
    TargetState(
      "without its first group", paths, "2 0 0 0 2 2 D ...", .degraded
    ) { subject in
      try await subject.read()
      try subject.send("disable_group 1")
      try await subject.read()
    },
    TargetState(
      "without paths", paths, "2 0 0 0 2 * * 0 2 0 {0} F * {1} F * * 0 1 2 {2} F * 0 1", .failed
    ) {
      subject in
      for leg in 0..<3 { try subject.send("fail_path {\(leg)}") }
      await #expect(throws: ProgramResult.self) { try await subject.read() }
    },
    TargetState("waiting for a path", paths, "2 1 0 0 2 * ...", .failed) { subject in
      try subject.send("queue_if_no_path")
      for leg in 0..<3 { try subject.send("fail_path {\(leg)}") }
      try subject.writeInBackground()
    },
  ]
}
