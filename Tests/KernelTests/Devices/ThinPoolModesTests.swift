import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// What can be switched in a pool, and the states that a pool can get into.
  @Suite(.kernel(.thinPool, .thin)) struct ThinPoolModes {
    let dm: DM

    init() throws { dm = try DM() }

    /// A switch of a pool, with a look whether it is as wanted.
    struct Toggle: CustomTestStringConvertible {
      var testDescription: String
      var on: @Sendable (ThinPoolDev) async throws -> Void
      var off: @Sendable (ThinPoolDev) async throws -> Void
      var isOn: @Sendable (ThinPoolFeatures) -> Bool

      static let all: [Toggle] = [
        Toggle(
          testDescription: "zeroing", on: { try await $0.setSkipsBlockZeroing(true) },
          off: { try await $0.setSkipsBlockZeroing(false) }, isOn: { $0.skipsBlockZeroing }),
        Toggle(
          testDescription: "passing discards on", on: { try await $0.setDiscard(.noPassdown) },
          off: { try await $0.setDiscard(.passdown) }, isOn: { $0.discard == .noPassdown }),
        Toggle(
          testDescription: "want of space", on: { try await $0.setNoSpacePolicy(.error) },
          off: { try await $0.setNoSpacePolicy(.queue) }, isOn: { $0.noSpacePolicy == .error }),
        Toggle(
          testDescription: "changes", on: { try await $0.setReadOnly(true) },
          off: { try await $0.setReadOnly(false) }, isOn: { $0.isReadOnly }),
      ]
    }

    @Test(arguments: Toggle.all)
    func `a switch is thrown once, and nothing is loaded for what is so already`(
      toggle: Toggle
    ) async throws {
      let parts = try await TestPool(dm)
      for (change, isOn) in [(toggle.off, false), (toggle.on, true), (toggle.off, false)] {
        let isNews = try toggle.isOn(parts.pool.parameters().features) != isOn
        let commands = try await Faults.watching(dm) { try await change(parts.pool) }
        #expect(commands.contains(.tableLoad) == isNews)
        #expect(try toggle.isOn(parts.pool.parameters().features) == isOn)
        #expect(try !parts.pool.info().isSuspended)
      }
    }

    @Test func `a pool says what becomes of a write without space`() async throws {
      let parts = try await TestPool(dm)
      try await parts.pool.setNoSpacePolicy(.error)
      #expect(try parts.working().noSpacePolicy == .error)
    }

    @Test func `a pool ignores discards from its beginning or not at all`() async throws {
      let parts = try await TestPool(dm, features: ThinPoolFeatures(discard: .ignore))
      #expect(try parts.working().discard == .ignore)
      await expect(.invalidArgument, from: .tableLoad) {
        try await parts.pool.setDiscard(.passdown)
      }
      #expect(try parts.working().discard == .ignore)
    }

    @Test func `a read-only pool refuses messages and serves what it has`() async throws {
      let parts = try await TestPool(dm)
      let thin = try await parts.thin("thin", 0)
      try thin.write("a")
      try await parts.pool.setReadOnly(true)
      #expect(try parts.working().mode == .readOnly)
      await expect(.notSupportedOnSocket, from: .targetMessage) {
        try parts.pool.send(.createThin(1))
      }
      #expect(try thin.letter() == "a")
      try await parts.pool.setReadOnly(false)
      #expect(try parts.working().mode == .readWrite)
      try parts.pool.send(.createThin(1))
    }

    @Test func `without space a write fails at once if it is to`() async throws {
      let parts = try await TestPool(
        dm, dataLength: 1024, features: ThinPoolFeatures(noSpacePolicy: .error))
      let thin = try await parts.thin("thin", 0)
      #expect(throws: Errno.noSpace) { try thin.write("a", count: 16) }
      let status = try parts.working()
      #expect(status.mode == .outOfDataSpace)
      #expect(status.data == Usage(used: 8, total: 8))
      #expect(ThinPoolStatus.working(status).health.level == .degraded)
      #expect(try thin.letter(block: 7) == "a")
    }

    @Test func `without space a write waits until the pool has grown`() async throws {
      let parts = try await TestPool(dm, dataLength: 1024)
      let thin = try await parts.thin("thin", 0)
      let node = try thin.devnode()
      // A program of its own: it is to wait, and nobody else.
      async let written = run(
        "dd", "if=/dev/zero", "of=\(node)", "bs=64k", "count=16", "oflag=direct", "status=none")
      #expect(try await eventually { try parts.working().mode == .outOfDataSpace })
      try await parts.extendData(to: 2048)
      _ = try await written
      let status = try parts.working()
      #expect(status.mode == .readWrite && status.data == Usage(used: 16, total: 16))
    }

    @Test(.kernel(.flakey))
    func `a pool whose metadata can't be written is read only and needs a check`() async throws {
      let parts = try await TestPool(dm)
      let flakey = try FlakeyTargetParams(
        device: .number(parts.disks.0.device), start: 0, up: 0, down: 3600,
        features: FlakeyFeatures(writes: .error))
      try await parts.metadata.setTable(
        TargetTable(length: 8192, .flakey(flakey)), options: .privateDevice)
      #expect(throws: DmError.self) {
        try parts.pool.send(.createThin(0))
        _ = try parts.pool.status(options: DmOptions())
        try parts.pool.send(.createThin(1))
      }
      let status = try parts.working()
      #expect(status.mode == .readOnly && status.needsCheck == true)
      #expect(ThinPoolStatus.working(status).health.level == .degraded)
    }

    @Test func `a pool that has lost its metadata has failed`() async throws {
      let parts = try await TestPool(dm)
      let thin = try await parts.thin("thin", 0)
      try await parts.metadata.shatter()
      _ = try? parts.pool.send(.createThin(1))
      _ = try? parts.pool.status(options: DmOptions())
      #expect(try parts.pool.status() == .fail)
      #expect(try parts.pool.status().health.level == .failed)
      #expect(try thin.status() == .fail)
      await expect(.notSupportedOnSocket, from: .targetMessage) {
        try parts.pool.send(.createThin(2))
      }
    }
  }
}
