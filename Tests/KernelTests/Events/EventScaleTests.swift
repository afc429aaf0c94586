import DeviceMapper
import DeviceMapperTargets
import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// Thousands of devices.
  @Suite(.kernel(.multipath)) struct EventScale {
    static let count = 2000
    static let threads = 250
    let dm: DM

    init() throws { dm = try DM() }

    @Test(
      .timeLimit(.minutes(5)),
      .disabled(if: FilePath("/run/udev/control").kind != nil, "udev looks at each device for long")
    )
    func `of thousands of devices that come and go none is missed`() async throws {
      let (disk, _) = try await TestDisk.two()
      let raw = try RawControl()
      // One by one in the way of all tests it takes minutes.
      defer {
        for device in (try? TestDevices.left()) ?? [] { _ = raw.send(.remove, device.device) }
        raw.close()
      }
      try await makeDevices(on: disk)
      let devices = try TestDevices.left()

      // What is told, of all devices and with a few hundred that come and go.
      let tally = Tally()
      let recorder = try await EventRecorder(dm, DmEvent.Family.all) { tally.count($0) }
      tally.reset()
      try await Task.sleep(for: .milliseconds(300))
      #expect(tally.commands == [:], "nothing runs while nothing happens")
      let ours = try await Effort(of: {
        try Self.failAll(dm, devices, disk)
      }) {
        // Each path is the last of its device, which is an event, too.
        await eventually(within: .seconds(120)) {
          // Other devices come and go besides. To look at all events costs time, which is measured.
          recorder.count >= 2 * devices.count
            && recorder.events.count { $0.kind == .multipathFailed } >= devices.count
        }
      }
      let present = Set(try TestDevices.left().map(\.name))
      #expect(await eventually { Self.present(devices, recorder.events) == present })
      let events = recorder.events
      _ = await recorder.take(0)
      await recorder.end()
      let failed = events.filter { $0.kind == .multipathPathFailed }.map(\.device.device)
      #expect(failed.count == devices.count)
      #expect(Set(failed) == Set(devices.map(\.device)))

      let commands = tally.commands
      let looks = try #require(commands[.armPoll])
      #expect(commands[.listDevices] == looks)
      let arrivals = events.count { $0.kind == .deviceAppeared }
      #expect(try #require(commands[.tableStatus]) <= devices.count + 2 * arrivals)
      let calls = commands.values.reduce(0, +)

      // The same events of some of them with a thread for each: thousands take minutes to start.
      let sample = Set(failed.prefix(Self.threads))
      let some = try TestDevices.left().filter { sample.contains($0.device) }
      let others = try ThreadPerDevice(some)
      let theirs = try await Effort(of: {
        for device in some.shuffled() {
          try dm.targetMessage(.device(device.device), TargetText("reinstate_path \(disk.device)"))
        }
      }) {
        await eventually(within: .seconds(60)) { others.isDone }
      }
      #expect(others.count.events == some.count)
      print(
        """
        Events of devices in any order:
          one sequence for \(devices.count): \(looks) looks, \(calls) commands for \(events.count) events, \(ours)
          a thread for each of \(some.count): \(others.count.calls) commands, \(theirs)
        """)
    }

    /// Makes devices that have an event on demand.
    private func makeDevices(on disk: TestDisk) async throws {
      let text = "2 queue_mode bio 0 1 1 round-robin 0 1 1 \(disk.device) 1"
      let table = try TargetTable(length: 2048, VerbatimTarget("multipath", TargetText(text)))
      for index in 0..<Self.count {
        let name = DmName.test("\(index)")
        _ = try dm.deviceCreate(name)
        try dm.tableLoad(.name(name), table)
        try await dm.deviceResume(.name(name), options: DmOptions(udev: .none))
      }
    }

    /// Has the path of each device fail, in any order, while other devices come and go.
    private static func failAll(_ dm: DM, _ devices: [ListedDevice], _ disk: TestDisk) throws {
      let raw = try RawControl()
      defer { raw.close() }
      var passing: [Device] = []
      for (index, device) in devices.shuffled().enumerated() {
        try dm.targetMessage(.device(device.device), TargetText("fail_path \(disk.device)"))
        guard index % 5 == 0 else { continue }
        if passing.count > 20, let device = passing.randomElement() {
          passing.removeAll { $0 == device }
          _ = raw.send(.remove, device)
        } else {
          passing.append(try dm.deviceCreate(.test("passing-\(index)")).number())
        }
      }
    }

    /// Who is there, if events are all that one knows; `nil` if they don't make sense.
    private static func present(_ devices: [ListedDevice], _ events: [DmEvent]) -> Set<DmName>? {
      var names = Set(devices.map(\.name))
      for event in events {
        switch event.kind {
        case .deviceAppeared: if !names.insert(event.device.name).inserted { return nil }
        case .deviceVanished: if names.remove(event.device.name) == nil { return nil }
        default: break
        }
      }
      return names
    }
  }
}

/// The commands that a sequence has sent.
private final class Tally: Sendable {
  private let counts = Mutex<[DmCommand: Int]>([:])
  var commands: [DmCommand: Int] { counts.withLock { $0 } }
  func reset() { counts.withLock { $0 = [:] } }
  func count(_ trace: EventTrace) { counts.withLock { $0[trace.command, default: 0] += 1 } }
}

/// What noticing events costs: processor time of the process without that of the thread that causes them.
private struct Effort: CustomStringConvertible {
  var time: Duration
  var description: String {
    "\((time / .milliseconds(1)).rounded()) ms of processor time"
  }

  init(
    of cause: @escaping @Sendable () throws -> Void, until isDone: () async throws -> Bool
  ) async throws {
    let begin = Self.now(CLOCK_PROCESS_CPUTIME_ID)
    let own = try await onOwnThread { () throws in
      let begin = Self.now(CLOCK_THREAD_CPUTIME_ID)
      try cause()
      return Self.now(CLOCK_THREAD_CPUTIME_ID) - begin
    }
    #expect(try await isDone())
    time = Self.now(CLOCK_PROCESS_CPUTIME_ID) - begin - own
  }

  private static func now(_ clock: clockid_t) -> Duration {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
