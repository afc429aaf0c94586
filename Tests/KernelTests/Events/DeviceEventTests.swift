import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  /// What happens to any device.
  @Suite(.kernel(.linear, .error)) struct DeviceEvents {
    let dm: DM

    init() throws { dm = try DM() }

    @Test func `a device lives, and each step is told once`() async throws {
      let recorder = try await EventRecorder(dm, [.device])
      _ = try dm.deviceCreate(.test("a"))
      await recorder.expect(.deviceAppeared)
      try dm.tableLoad(.test("a"), TargetTable(length: 8, AnyTarget.error(ErrorTargetParams())))
      try await dm.deviceResume(.test("a"), options: .privateDevice)
      await recorder.expect(.deviceTableChanged)
      try await dm.deviceSuspend(.test("a"))
      try await dm.deviceResume(.test("a"), options: .privateDevice)
      try await dm.deviceRename(.test("a"), to: .test("b"))
      let renamed = await recorder.expect(.deviceRenamed)
      #expect(renamed.first?.previousName == .test("a"))
      #expect(renamed.first?.device.name == .test("b"))
      try await dm.deviceRename(.test("b"), settingUuid: "swift-test-uuid")
      try await dm.replace("b", TargetTable(length: 8, AnyTarget.zero(ZeroTargetParams())))
      let changed = await recorder.expect(.deviceTableChanged)
      #expect(changed.first?.device.uuid == "swift-test-uuid")
      // The same table again is none that has changed.
      try await dm.replace("b", TargetTable(length: 8, AnyTarget.zero(ZeroTargetParams())))
      try await dm.deviceRemove(.test("b"))
      await recorder.expect(.deviceVanished)
      await recorder.end()
    }

    @Test(arguments: [DmUuid?.none, "swift-test-2"])
    func `a device that takes the number of another is another`(uuid: DmUuid?) async throws {
      let first = try await dm.make(
        "a", uuid: uuid.map { _ in "swift-test-1" },
        TargetTable(length: 8, AnyTarget.error(ErrorTargetParams())))
      let events = try await dm.events(EventOptions(isIncluded: { $0.name.isOfTest }))
      try await dm.deviceRemove(.test("a"))
      let second = try await dm.make(
        "b", uuid: uuid, TargetTable(length: 8, AnyTarget.error(ErrorTargetParams())))
      #expect(first.device == second.device)
      var iterator = events.makeAsyncIterator()
      #expect(try await iterator.next()?.kind == .deviceVanished)
      let event = try await iterator.next()
      #expect(event?.kind == .deviceAppeared)
      #expect(event?.device.name == .test("b"))
      #expect(event?.device.uuid == uuid)
    }

    @Test func `what happens before it is asked for is one difference`() async throws {
      let events = try await dm.events(
        EventOptions(families: [.device], isIncluded: { $0.name.isOfTest }))
      for index in 0..<50 {
        try await dm.makeErrorDevice("a")
        try await dm.deviceRename(.test("a"), to: .test("b\(index)"))
        if index > 0 { try await dm.deviceRemove(.test("b\(index)")) }
      }
      var iterator = events.makeAsyncIterator()
      let event = try await iterator.next()
      #expect(event?.kind == .deviceAppeared)
      #expect(event?.device.name == .test("b0"))
      try await dm.deviceRemove(.test("b0"))
      #expect(try await iterator.next()?.kind == .deviceVanished)
    }

    @Test func `what is true at the beginning is told if it is asked for`() async throws {
      try await dm.makeErrorDevice("a")
      let events = try await dm.events(
        EventOptions(
          families: [.device], reportsInitialState: true, isIncluded: { $0.name.isOfTest }))
      for try await event in events {
        #expect(event.kind == .deviceAppeared)
        #expect(event.device.name == .test("a"))
        break
      }
    }

    @Test func `cancelling a task ends its sequence at once`() async throws {
      let events = try await dm.events()
      let task = Task {
        for try await _ in events {}
        return ContinuousClock.now
      }
      try await Task.sleep(for: .milliseconds(50))
      let cancelled = ContinuousClock.now
      task.cancel()
      let end = try await task.value
      #expect(end - cancelled < .seconds(1))
      var iterator = events.makeAsyncIterator()
      #expect(try await iterator.next() == nil)
    }

    @Test func `a task that is cancelled already gets nothing`() async throws {
      let events = try await dm.events(EventOptions(reportsInitialState: true))
      try await dm.makeErrorDevice("a")
      let task = Task { [events] () throws -> DmEvent? in
        while !Task.isCancelled { await Task.yield() }
        var iterator = events.makeAsyncIterator()
        return try await iterator.next()
      }
      task.cancel()
      #expect(try await task.value == nil)
    }

    @Test func `finishing a sequence ends whoever waits`() async throws {
      let events = try await dm.events()
      let task = Task {
        for try await _ in events {}
        return true
      }
      try await Task.sleep(for: .milliseconds(20))
      events.finish()
      #expect(try await task.value)
    }

    @Test func `sequences that nobody iterates leave nothing`() async throws {
      for _ in 0..<20 { _ = try await dm.events() }
    }

    @Test func `many sequences see the same`() async throws {
      var recorders: [EventRecorder] = []
      for _ in 0..<16 { recorders.append(try await EventRecorder(dm, [.device])) }
      try await dm.makeErrorDevice("a")
      try await dm.deviceRemove(.test("a"))
      try await dm.makeErrorDevice("last")
      for recorder in recorders {
        // Who sees this device has seen all that was before it.
        #expect(await eventually { recorder.events.contains { $0.device.name == .test("last") } })
        try await Task.sleep(for: .milliseconds(50))
        await recorder.cancel()
        let kinds = recorder.events.filter { $0.device.name == .test("a") }.map(\.kind)
        // A slow look may have come after all, and one in the middle sees the table come.
        let shown = kinds.filter { $0 != .deviceTableChanged }
        #expect(shown == [.deviceAppeared, .deviceVanished] || shown == [])
      }
    }

    @Test func `a sequence leaves the tasks' threads alone`() async throws {
      // As many sequences wait as there are never threads for tasks.
      var recorders: [EventRecorder] = []
      for _ in 0..<64 { recorders.append(try await EventRecorder(dm, [.device])) }
      let begin = ContinuousClock.now
      let sum = await withTaskGroup(of: Int.self) { group in
        for number in 0..<64 { group.addTask { number } }
        return await group.reduce(0, +)
      }
      #expect(sum == 64 * 63 / 2)
      #expect(ContinuousClock.now - begin < .seconds(2))
      for recorder in recorders { await recorder.end() }
    }
  }
}

extension DM {
  /// Replaces the table of a device.
  fileprivate func replace(_ suffix: String, _ table: TargetTable<AnyTarget>) async throws {
    try tableLoad(.test(suffix), table)
    try await deviceResume(.test(suffix), options: .privateDevice)
  }
}
