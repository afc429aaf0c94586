import DeviceMapper
import DeviceMapperTargets
import Dispatch
import Synchronization
import TestSupport
import Testing

extension OnKernel {
  /// What happens between the list of the devices and the status of one of them.
  @Suite(.kernel(.linear, .error, .multipath)) struct MidLook {
    let dm: DM

    init() throws { dm = try DM() }

    /// What happens to the device `a`, whose path has failed, and what is told in all.
    struct Case: CustomTestStringConvertible {
      let testDescription: String
      let events: [DmEvent.Kind]
      let disturb: @Sendable (EventSource) async throws -> Void

      init(
        _ description: String, tells events: DmEvent.Kind...,
        by disturb: @escaping @Sendable (EventSource) async throws -> Void
      ) {
        (testDescription, self.events, self.disturb) = (description, events, disturb)
      }
    }

    static let cases = [
      Case("it vanishes", tells: .deviceVanished) { try await $0.dm.deviceRemove($0.id) },
      Case("another takes its number", tells: .deviceVanished, .deviceAppeared) {
        try await $0.dm.deviceRemove($0.id)
        _ = try await $0.dm.makeEventSource("b")
      },
      Case("another takes its number and name", tells: .deviceVanished, .deviceAppeared) {
        try await $0.dm.deviceRemove($0.id)
        _ = try await $0.dm.makeEventSource("a")
      },
      Case(
        "it gets another name", tells: .multipathPathFailed, .multipathFailed, .deviceRenamed
      ) {
        try await $0.dm.deviceRename(.test("a"), to: .test("b"))
      },
      Case("its path comes back") {
        try $0.dm.targetMessage($0.id, TargetText("reinstate_path \($0.path)"))
      },
      Case("its path fails once more", tells: .multipathPathFailed, .multipathFailed) {
        try $0.dm.targetMessage($0.id, TargetText("reinstate_path \($0.path)"))
        try $0.dm.targetMessage($0.id, TargetText("fail_path \($0.path)"))
      },
      Case(
        "it gets another table", tells: .deviceTableChanged
      ) {
        try $0.dm.tableLoad(
          $0.id, TargetTable(length: 2048, AnyTarget.error(ErrorTargetParams())))
        try await $0.dm.deviceResume($0.id, options: .privateDevice)
      },
    ]

    @Test(arguments: cases)
    func `what happens in the middle of a look is told once`(_ example: Case) async throws {
      let source = try await dm.makeEventSource("a")
      let gate = Gate()
      let recorder = try await EventRecorder(dm, [.device, .multipath]) { gate.pass($0) }
      gate.close()
      try dm.targetMessage(source.id, TargetText("fail_path \(source.path)"))
      #expect(await eventually { gate.isReached })
      try await example.disturb(source)
      gate.open()
      let events = await recorder.take(example.events.count).map(\.event.kind)
      #expect(events == example.events)
      await recorder.end()
    }

    @Test func `what happens between announcements and list is read once`() async throws {
      let source = try await dm.makeEventSource("a")
      let device = try dm.deviceInfo(source.id).number()
      let gate = Gate(at: .armPoll)
      let readings = Mutex(0)
      let recorder = try await EventRecorder(dm, [.device, .multipath]) { trace in
        gate.pass(trace)
        if trace.command == .tableStatus, trace.device == device { readings.withLock { $0 += 1 } }
      }
      readings.withLock { $0 = 0 }
      gate.close()
      _ = try dm.deviceCreate(.test("b"))
      #expect(await eventually { gate.isReached })
      try dm.targetMessage(source.id, TargetText("fail_path \(source.path)"))
      #expect(await eventually { (try? dm.deviceInfo(source.id).eventNumber) == 1 })
      gate.open()
      let events = await recorder.take(3).map(\.event.kind)
      #expect(Set(events) == [.deviceAppeared, .multipathPathFailed, .multipathFailed])
      // With a look after that one.
      _ = try dm.deviceCreate(.test("c"))
      #expect(await recorder.take(1).map(\.event.kind) == [.deviceAppeared])
      #expect(readings.withLock { $0 } == 1)
      await recorder.end()
    }

    @Test func `cancelling doesn't wait for a system call`() async throws {
      let gate = Gate()
      let recorder = try await EventRecorder(dm, [.device]) { gate.pass($0) }
      gate.close()
      try await dm.makeErrorDevice("a")
      #expect(await eventually { gate.isReached })
      let begin = ContinuousClock.now
      await recorder.cancel()
      #expect(ContinuousClock.now - begin < .seconds(1))
      gate.open()
    }
  }
}

/// Where a look is held up after a command.
private final class Gate: Sendable {
  private enum State { case open, closed, reached }
  private let state = Mutex(State.open)
  private let opened = DispatchSemaphore(value: 0)
  private let command: DmCommand

  init(at command: DmCommand = .listDevices) { self.command = command }

  var isReached: Bool { state.withLock { $0 == .reached } }

  /// Has the next look wait.
  func close() { state.withLock { $0 = .closed } }

  /// Lets it go on.
  func open() {
    let wasReached = state.withLock { state in
      defer { state = .open }
      return state == .reached
    }
    if wasReached { opened.signal() }
  }

  /// Is called by the look.
  func pass(_ trace: EventTrace) {
    guard trace.command == command else { return }
    let isStop = state.withLock { state in
      guard state == .closed else { return false }
      state = .reached
      return true
    }
    if isStop { opened.wait() }
  }
}
