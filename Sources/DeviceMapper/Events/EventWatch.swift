import Dispatch
import Synchronization

/// Looks at the devices whenever something has happened and somebody waits for it.
///
/// All system calls are made on a queue of its own, where one that takes long holds up no task, and
/// none is made while nobody waits: what happens meanwhile is in the difference at the next look.
///
/// Its sources keep it until it is finished.
final class EventWatch: Sendable {
  private typealias Waiter = CheckedContinuation<Result<DmEvent?, DmError>, Never>

  private let queue: DispatchQueue
  private let eyes: Eyes
  private let pollInterval: Duration?
  private let state: Mutex<State>

  private struct State {
    /// What tells that there is something to see.
    let sources: [any DispatchSourceRead]
    /// What tells that it is time to ask the targets that tell nothing.
    let timer: any DispatchSourceTimer
    /// What was seen and not yet asked for, last first.
    var pending: [DmEvent]
    /// Who waits for the next event; the sources are active while there is somebody.
    var waiters: [Waiter] = []
    var isFinished = false
    /// Whether there are such targets, and when they are asked.
    var hasSilentTargets: Bool
    var pollTime: DispatchTime
  }

  /// What looks, kept until the sources have let go of its descriptors.
  private final class Eyes: Sendable {
    /// Used on the queue only, so nobody ever waits for the lock.
    let look: Mutex<DeviceLook>
    init(_ look: consuming sending DeviceLook) { self.look = Mutex(look) }
  }

  /// Starts from a baseline.
  ///
  /// - Parameters:
  ///   - look: The baseline, taken on the queue.
  ///   - pending: Events that there are already.
  init(
    _ look: consuming sending DeviceLook, pending: [DmEvent], pollInterval: Duration?,
    on queue: DispatchQueue
  ) {
    self.queue = queue
    self.pollInterval = pollInterval
    state = Mutex(
      State(
        sources: look.descriptors.map {
          DispatchSource.makeReadSource(fileDescriptor: $0, queue: queue)
        },
        timer: DispatchSource.makeTimerSource(queue: queue),
        pending: pending.reversed(), hasSilentTargets: look.hasSilentTargets,
        pollTime: .now() + pollInterval))
    let eyes = Eyes(look)
    self.eyes = eyes
    state.withLock { state in
      for source in state.sources {
        source.setEventHandler { self.look(asksSilent: false) }
        source.setCancelHandler { _ = eyes }
      }
      state.timer.setEventHandler { self.look(asksSilent: true) }
      state.timer.schedule(deadline: .distantFuture)
      state.timer.activate()
    }
  }
}

extension EventWatch {
  /// The next event; `nil` once the watch is finished, which a cancelled task does.
  func next() async throws(DmError) -> DmEvent? {
    if let event = state.withLock({ $0.isFinished ? nil : $0.pending.popLast() }), !Task.isCancelled
    {
      return event
    }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (waiter: Waiter) in wait(waiter) }
    } onCancel: {
      finish()
    }
    return try result.get()
  }

  private func wait(_ waiter: Waiter) {
    let event: DmEvent?? = state.withLock { state in
      if state.isFinished { return .some(nil) }
      if let event = state.pending.popLast() { return event }
      state.waiters.append(waiter)
      // A source that was never resumed is inactive, which this ends as well.
      if state.waiters.count == 1 { for source in state.sources { source.resume() } }
      schedulePoll(&state)
      return nil
    }
    if let event { waiter.resume(returning: .success(event)) }
  }

  /// Ends the watch at once, even if a system call is under way.
  func finish() { finish(with: .success(nil)) }

  private func finish(with result: Result<DmEvent?, DmError>) {
    let waiters = state.withLock { state in
      if state.isFinished { return [] as [Waiter] }
      state.isFinished = true
      let waiters = state.waiters
      state.waiters = []
      state.pending = []
      state.timer.cancel()
      for source in state.sources {
        source.cancel()
        // A suspended source would never get to its cancellation.
        if waiters.isEmpty { source.resume() }
      }
      return waiters
    }
    for (index, waiter) in waiters.enumerated() {
      waiter.resume(returning: index == 0 ? result : .success(nil))
    }
  }
}

/// What happens on the queue.
extension EventWatch {
  private func look(asksSilent: Bool) {
    // A source may fire once more after the last waiter has gone; what it saw stays to be seen.
    guard state.withLock({ !$0.waiters.isEmpty }) else { return }
    let result: Result<([DmEvent], Bool), DmError> = eyes.look.withLock { look in
      do throws(DmError) {
        return .success((try look.next(asksSilent: asksSilent), look.hasSilentTargets))
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let (events, hasSilentTargets)):
      deliver(events, hasSilentTargets, wasPoll: asksSilent)
    case .failure(let error): finish(with: .failure(error))
    }
  }

  private func deliver(_ events: [DmEvent], _ hasSilentTargets: Bool, wasPoll: Bool) {
    let deliveries = state.withLock { state in
      var deliveries: [(Waiter, DmEvent)] = []
      if state.isFinished { return deliveries }
      state.hasSilentTargets = hasSilentTargets
      if wasPoll { state.pollTime = .now() + pollInterval }
      state.pending = events.reversed()
      while !state.waiters.isEmpty, let event = state.pending.popLast() {
        deliveries.append((state.waiters.removeFirst(), event))
      }
      if state.waiters.isEmpty {
        for source in state.sources { source.suspend() }
      } else {
        schedulePoll(&state)
      }
      return deliveries
    }
    for (waiter, event) in deliveries { waiter.resume(returning: .success(event)) }
  }

  /// Sees to it that the silent targets are asked in time.
  private func schedulePoll(_ state: inout State) {
    guard pollInterval != nil, state.hasSilentTargets else { return }
    state.timer.schedule(deadline: state.pollTime)
  }
}

extension DispatchTime {
  fileprivate static func + (time: DispatchTime, duration: Duration?) -> DispatchTime {
    guard let duration else { return .distantFuture }
    let (seconds, attoseconds) = duration.components
    return time + .seconds(Int(clamping: seconds))
      + .nanoseconds(Int(attoseconds / 1_000_000_000))
  }
}
