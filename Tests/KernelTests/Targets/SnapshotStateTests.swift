import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.snapshot)) struct SnapshotStates {
    @Test(arguments: TargetState.snapshot)
    func `a snapshot is`(state: TargetState) async throws { try await state.check() }
  }
}

extension TargetState {
  static let snapshot: [TargetState] = [
    TargetState("new", "16384 snapshot {0} {1} P 8", "16/16384 16"),
    TargetState("new and in memory only", "16384 snapshot {0} {1} N 8", "0/16384 0"),
    TargetState("written", "16384 snapshot {0} {1} P 8", "32/16384 16") { subject in
      try await subject.write(count: 2)
    },
    TargetState("overflowed", "16384 snapshot {0} {1} PO 8", "Overflow", .degraded) { subject in
      _ = try? await subject.write(count: 2048)
    },
    TargetState("invalid", "16384 snapshot {0} {1} P 8", "Invalid", .failed) { subject in
      _ = try? await subject.write(count: 2048)
    },
    TargetState("invalid by its origin", "16384 snapshot {0} {1} PO 8", "Invalid", .failed) {
      subject in
      try await subject.make("16384 snapshot-origin {0}", as: "origin")
      try await subject.expect("", .healthy, of: "origin")
      try await subject.write("origin", count: 2048)
    },
    TargetState("merged back", "16384 snapshot {0} {1} P 8", "*/16384 *") { subject in
      try await subject.write(count: 64)
      try await subject.legs.slow(0, milliseconds: 1000)
      try await subject.load("16384 snapshot-merge {0} {1} P 8")
      let merge = try subject.status().content as? SnapshotMergeStatus
      #expect(merge?.isComplete == false)
    },
    TargetState("merged", "16384 snapshot {0} {1} P 8", "16/16384 16") { subject in
      try await subject.write(count: 64)
      try await subject.load("16384 snapshot-merge {0} {1} P 8")
    },
    TargetState("not to be merged", "16384 snapshot {0} {1} P 8", "Merge failed", .failed) {
      subject in
      try await subject.write(count: 64)
      try await subject.legs.failWrites(0)
      try await subject.load("16384 snapshot-merge {0} {1} P 8")
    },
  ]
}
