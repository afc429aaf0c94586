import DeviceMapper
import Synchronization
import TestSupport
import Testing

/// Somebody who watches the devices of the tests and notes down every event with its time.
final class EventRecorder: Sendable {
  struct Entry: Sendable {
    var event: DmEvent
    var time: ContinuousClock.Instant
  }

  private final class Notes: Sendable {
    let entries = Mutex<[Entry]>([])
  }

  private let notes = Notes()
  private let task: Task<Void, any Error>

  /// Begins to watch; from here on nothing is missed.
  init(
    _ dm: DM, _ families: Set<DmEvent.Family> = DmEvent.Family.targets,
    pollInterval: Duration? = nil, trace: (@Sendable (EventTrace) -> Void)? = nil
  ) async throws {
    let events = try await dm.events(
      EventOptions(
        families: families, pollInterval: pollInterval, isIncluded: { $0.name.isOfTest },
        trace: trace))
    let notes = notes
    task = Task {
      for try await event in events {
        let entry = Entry(event: event, time: .now)
        notes.entries.withLock { $0.append(entry) }
      }
    }
  }

  deinit { task.cancel() }

  /// The events that have come since the last call, once there are as many as wanted or the time is
  /// up.
  func take(_ count: Int, within limit: Duration = .seconds(60)) async -> [Entry] {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: limit)
    while notes.entries.withLock({ $0.count }) < count, clock.now < end {
      try? await clock.sleep(for: .milliseconds(2))
    }
    return notes.entries.withLock { entries in
      defer { entries = [] }
      return entries
    }
  }

  /// How many events there are since the last call of ``take(_:within:)``.
  var count: Int { notes.entries.withLock { $0.count } }

  /// The events since the last call of ``take(_:within:)``.
  var events: [DmEvent] { notes.entries.withLock { $0.map(\.event) } }

  /// Expects these events, in this order and no others.
  @discardableResult
  func expect(
    _ kinds: DmEvent.Kind..., sourceLocation: SourceLocation = #_sourceLocation
  ) async -> [DmEvent] {
    let events = await take(kinds.count).map(\.event)
    #expect(events.map(\.kind) == kinds, sourceLocation: sourceLocation)
    return events
  }

  /// Expects that no event comes, and stops to watch.
  func end(sourceLocation: SourceLocation = #_sourceLocation) async {
    let more = await take(1, within: .milliseconds(50)).map(\.event.kind)
    #expect(more == [], sourceLocation: sourceLocation)
    await cancel()
  }

  /// Stops to watch.
  func cancel() async {
    task.cancel()
    _ = await task.result
  }
}
