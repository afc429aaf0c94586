import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  /// The states of targets that keep metadata.
  struct MetadataStates {
    @Test(.kernel(.cache), arguments: TargetState.cache)
    func `a cache is`(state: TargetState) async throws { try await state.check() }

    @Test(.kernel(.writecache), arguments: TargetState.writecache)
    func `a write cache is`(state: TargetState) async throws { try await state.check() }

    @Test(.kernel(.clone), arguments: TargetState.clone)
    func `a clone is`(state: TargetState) async throws { try await state.check() }

    @Test(.kernel(.era), arguments: TargetState.era)
    func `an era device is`(state: TargetState) async throws { try await state.check() }

    @Test(.kernel(.thinPool, .thin), arguments: TargetState.thin)
    func `a thin pool is`(state: TargetState) async throws { try await state.check() }
  }
}

extension TargetState {
  private static func cache(_ features: String) -> String {
    "8192 cache {0} {1} {2} 128 \(features) smq 0"
  }

  static let cache: [TargetState] = [
    TargetState(
      "one that writes back", cache("1 writeback"),
      "8 */2048 128 0/128 0 * * * * * 0 * writeback ... "
    ) { subject in try await subject.read() },
    TargetState(
      "one that writes through", cache("2 writethrough metadata2"),
      "8 */2048 128 0/128 * * * * * * 0 * metadata2 writethrough ..."),
    TargetState(
      "one that passes through", cache("1 passthrough"),
      "8 */2048 128 0/128 * * * * * * 0 * passthrough ..."),
    TargetState(
      "cleaned", "8192 cache {0} {1} {2} 128 0 cleaner 0",
      "8 */2048 128 */128 * * * * * * 0 * writeback ..."),
    TargetState(
      "read only, and needs a check", cache("0"),
      "8 */2048 128 */128 * * * * * * * * writeback ... smq 0 ro needs_check", .degraded
    ) { subject in
      try await subject.legs.failWrites(0)
      _ = try? subject.status(flushing: true)
    },
    TargetState("failed", cache("0"), "Fail", .failed) { subject in
      try await subject.legs.fail(0)
      _ = try? await subject.write(count: 64)
      _ = try? subject.status(flushing: true)
    },
  ]

  static let writecache: [TargetState] = [
    TargetState("empty", "8192 writecache s {0} {1} 4096 0", "0 * * 0 ..."),
    TargetState(
      "filled", "8192 writecache s {0} {1} 4096 0", "0 * * 0 0 0 8 0 0 0 8 0 * 0"
    ) { subject in try await subject.write(count: 8) },
    TargetState("failed", "8192 writecache s {0} {1} 4096 0", "1 ...", .failed) { subject in
      try await subject.legs.failWrites(1)
      _ = try? await subject.write(count: 8)
    },
  ]

  static let clone: [TargetState] = [
    TargetState(
      "hydrated", "8192 clone {0} {1} {2} 8", "8 */2048 8 */1024 * ...", slow: [1]
    ) { subject in
      let progress = try subject.status().health.progress
      #expect(progress?.operation == "hydration")
    },
    TargetState(
      "complete", "8192 clone {0} {1} {2} 8",
      "8 */2048 8 1024/1024 0 ... 4 hydration_threshold 1 hydration_batch_size 1 rw"),
    TargetState(
      "not hydrated", "8192 clone {0} {1} {2} 8 1 no_hydration",
      "8 */2048 8 1/1024 0 * no_hydration ... 4 hydration_threshold 9 hydration_batch_size 1 rw"
    ) { subject in
      try await subject.write()
      try subject.send("hydration_threshold 9")
    },
    TargetState(
      "read only", "8192 clone {0} {1} {2} 8 1 no_hydration", "8 * 8 */1024 * ...", .degraded
    ) { subject in
      try await subject.legs.failWrites(0)
      _ = try? await subject.write(count: 8)
      _ = try? subject.status(flushing: true)
    },
    TargetState("failed", "8192 clone {0} {1} {2} 8 1 no_hydration", "Fail", .failed) { subject in
      try await subject.legs.fail(0)
      _ = try? await subject.write(count: 8)
      _ = try? subject.status(flushing: true)
    },
  ]

  static let era: [TargetState] = [
    TargetState("new", "8192 era {0} {1} 128", "8 */2048 1 -"),
    TargetState("of a later era", "8192 era {0} {1} 128", "8 */2048 2 -") { subject in
      try subject.send("checkpoint")
    },
    TargetState("held for reading", "8192 era {0} {1} 128", "8 */2048 * *") { subject in
      try subject.send("take_metadata_snap")
      let status = try subject.status().text.words
      #expect(status.last != "-")
    },
    TargetState("unreadable", "8192 era {0} {1} 128", "Error", .failed) { subject in
      try await subject.legs.fail(0)
      _ = try? await subject.write(count: 8)
      _ = try? subject.status(flushing: true)
    },
  ]

  private static let pool = "1024 thin-pool {0} {1} 128 0 1 error_if_no_space"

  static let thin: [TargetState] = [
    TargetState(
      "empty", pool, "0 */2048 0/8 - rw * error_if_no_space - *"),
    TargetState("used", pool, "0 */2048 2/8 - rw * error_if_no_space - *") { subject in
      try await makeThin(subject)
      try await subject.expect("0 -", .healthy, of: "thin")
      try await subject.write("thin", at: 16, count: 32)
      _ = try subject.status(flushing: true)
      try await subject.expect("256 383", .healthy, of: "thin")
    },
    TargetState(
      "out of space", pool, "0 */2048 8/8 - out_of_data_space * error_if_no_space - *", .degraded
    ) { subject in
      try await makeThin(subject)
      _ = try? await subject.write("thin", count: 256)
    },
    TargetState(
      "low on metadata", nil, "0 5*/64 0/8 - rw * error_if_no_space - 16", .degraded
    ) { subject in
      try await subject.make("512 linear {0} 0", as: "meta")
      try await subject.make("1024 thin-pool {meta} {1} 128 0 1 error_if_no_space")
      #expect(try subject.status().health.level == .healthy)
      // Each volume has a block of its own, of the 16 that are to be left at least.
      for id in 0..<44 { try subject.send("create_thin \(id)") }
      #expect(try subject.status().health.reasons == ["metadata low on space"])
    },
    TargetState(
      "of another transaction, and held for reading", pool, "7 */2048 0/8 * rw ..."
    ) { subject in
      try subject.send("set_transaction_id 0 7")
      try subject.send("reserve_metadata_snap")
    },
    TargetState(
      "read only", pool, "0 */2048 0/8 - ro * queue_if_no_space - *", .degraded
    ) { subject in try await subject.load("1024 thin-pool {0} {1} 128 0 1 read_only") },
    TargetState(
      "read only, and needs a check", pool, "0 */2048 */8 - ro * error_if_no_space needs_check *",
      .degraded
    ) { subject in
      try await subject.legs.failWrites(0)
      _ = try? subject.send("create_thin 0")
      _ = try? subject.status(flushing: true)
    },
    TargetState("failed", pool, "Fail", .failed) { subject in
      try await makeThin(subject)
      try await subject.legs.fail(0)
      _ = try? subject.send("create_thin 1")
      _ = try? subject.status(flushing: true)
      try await subject.expect("Fail", .failed, of: "thin")
    },
  ]

  private static func makeThin(_ subject: Subject) async throws {
    try subject.send("create_thin 0")
    try await subject.make("8192 thin {target} 0", as: "thin")
  }
}
