import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  /// The states of `vdo`, which a kernel formats by itself from target version 9.2 on.
  struct VdoStates {
    @Test(.optionalKernel(.vdo), arguments: TargetState.vdo)
    func `a vdo is`(state: TargetState) async throws { try await state.check(legs: 0) }
  }
}

extension TargetState {
  /// A device with room for one slab beside an index of the smallest size.
  private static func vdo(
    _ name: String, options: String = "", _ status: String,
    _ health: Health.Level = .healthy, steps: @escaping Steps = { _ in }
  ) -> TargetState {
    TargetState(name, nil, status, health) { subject in
      try await subject.makeSparse(5_761_704, as: "sparse")
      try await subject.make(
        "131072 vdo V4 {sparse} 720213 4096 32768 16380 indexMemory 0.25 slabSize 8192" + options)
      try await steps(subject)
    }
  }

  static let vdo: [TargetState] = [
    vdo("empty", "* normal - online offline 712247 720213") { subject in
      let reply = try #require(subject.dm.targetMessage(.test("target"), "config").text)
      let configuration = try VdoConfiguration(parsing: reply.bytes)
      #expect(configuration.physicalSize == 2_949_992_448)
      #expect(configuration.logicalSize == 67_108_864)
      #expect(configuration.slabSize == 8192)
      #expect(configuration.hasSparseIndex == false)
    },
    vdo(
      "used",
      options: " deduplication off compression on ack 2 bio 3 cpu 2 hash 1 logical 1 physical 1",
      "* normal - closed online 712*|713* 720213"
    ) { subject in
      try await subject.write(count: 64)
      let reply = try #require(subject.dm.targetMessage(.test("target"), "stats").text)
      let statistics = try VdoStatistics(parsing: reply.bytes)
      #expect(statistics.logicalBlocksUsed == 64)
      #expect(statistics.mode == .normal)
    },
    vdo("without its index", "* normal - offline|closed offline 712247 720213") { subject in
      try await subject.expect("* normal - online offline ...", .healthy)
      try subject.send("index-disable")
    },
    vdo("suspended", "* normal - suspended offline 712247 720213") { subject in
      try await subject.dm.deviceSuspend(.test("target"))
    },
    vdo("full", options: " deduplication off", "* normal - closed offline 720213 720213", .degraded)
    {
      subject in _ = try? await subject.write(count: 8192)
    },
    vdo("read only", "* read-only - * offline 712247 720213", .failed) { subject in
      try await LinearDev(subject.dm, .test("sparse")).shatter()
      _ = try? await subject.write()
    },
  ]
}
