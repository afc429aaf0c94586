import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.error)) struct BusyDevices {
    let dm: DM

    init() throws { dm = try DM() }

    @Test func `an open device is busy`() async throws {
      let file = try open(try await dm.makeErrorDevice("busy").number())
      await expect(.resourceBusy, from: .deviceRemove) {
        try await dm.deviceRemove(.test("busy"), options: DmOptions(retry: .never))
      }
      #expect(try dm.deviceInfo(.test("busy")).openCount == 1)
      try file.close()
      try await dm.deviceRemove(.test("busy"))
    }

    @Test func `a busy removal gives up after its attempts`() async throws {
      let file = try open(try await dm.makeErrorDevice("busy").number())
      defer { try? file.close() }
      let time = await ContinuousClock().measure {
        await expect(.resourceBusy, from: .deviceRemove) {
          let retry = RetryPolicy(attempts: 4, delay: .milliseconds(30))
          try await dm.deviceRemove(.test("busy"), options: DmOptions(retry: retry))
        }
      }
      #expect(time >= .milliseconds(90))
    }

    @Test func `a busy removal succeeds once the device is closed`() async throws {
      let file = try open(try await dm.makeErrorDevice("busy").number())
      let dm = dm
      let removal = Task {
        let retry = RetryPolicy(attempts: 500, delay: .milliseconds(10))
        try await dm.deviceRemove(.test("busy"), options: DmOptions(retry: retry))
      }
      try await Task.sleep(for: .milliseconds(50))
      #expect(try dm.deviceExists(.test("busy")))
      try file.close()
      try await removal.value
      #expect(try !dm.deviceExists(.test("busy")))
    }

    @Test func `a busy removal ends at once when it is cancelled`() async throws {
      let file = try open(try await dm.makeErrorDevice("busy").number())
      defer { try? file.close() }
      let dm = dm
      let removal = Task {
        let retry = RetryPolicy(attempts: 3, delay: .seconds(600))
        try await dm.deviceRemove(.test("busy"), options: DmOptions(retry: retry))
      }
      try await Task.sleep(for: .milliseconds(50))
      removal.cancel()
      let error = await #expect(throws: DmError.self) { try await removal.value }
      #expect(error?.code == .cancelled)
      #expect(error?.command == .deviceRemove)
      #expect(try dm.deviceExists(.test("busy")))
    }

    @Test func `a deferred removal waits for the last user`() async throws {
      let file = try open(try await dm.makeErrorDevice("busy").number())
      let deferred = DmOptions(flags: .deferredRemove)
      let info = try await dm.deviceRemove(.test("busy"), options: deferred)
      #expect(info.isDeferredRemove)
      #expect(try dm.deviceInfo(.test("busy")).isDeferredRemove)
      try file.close()
      #expect(try await eventually { try !dm.deviceExists(.test("busy")) })
    }

    @Test func `a deferred removal can be called off`() async throws {
      let file = try open(try await dm.makeErrorDevice("busy").number())
      try await dm.deviceRemove(.test("busy"), options: DmOptions(flags: .deferredRemove))
      try dm.targetMessage(.test("busy"), "@cancel_deferred_remove")
      try file.close()
      #expect(try !dm.deviceInfo(.test("busy")).isDeferredRemove)
    }

    @Test func `a deferred removal of an unused device is a removal`() async throws {
      try await dm.makeErrorDevice("idle")
      try await dm.deviceRemove(.test("idle"), options: DmOptions(flags: .deferredRemove))
      #expect(try !dm.deviceExists(.test("idle")))
    }
  }
}
