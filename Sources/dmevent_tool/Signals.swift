import DeviceMapper
import Dispatch
import Glibc
import Synchronization

/// The signals that end the program or make it begin anew.
final class Signals: Sendable {
  /// What a signal asks for.
  enum Request {
    case end
    case beginAnew
  }

  private struct State {
    var request: Request?
    var events: DmEvents?
    /// Kept, since a source that nobody has sees nothing.
    let sources: [any DispatchSourceSignal]
  }

  private let state: Mutex<State>

  init() {
    let requests: [(CInt, Request)] = [(SIGTERM, .end), (SIGINT, .end), (SIGHUP, .beginAnew)]
    state = Mutex(
      State(
        sources: requests.map { (number, _) in
          // A source sees signals that are ignored, and only those.
          signal(number, SIG_IGN)
          return DispatchSource.makeSignalSource(signal: number, queue: .global())
        }))
    state.withLock { state in
      for (source, (_, request)) in zip(state.sources, requests) {
        source.setEventHandler { [weak self] in self?.take(request) }
        source.activate()
      }
    }
  }

  private func take(_ request: Request) {
    state.withLock { state in
      if state.request != .end { state.request = request }
      state.events?.finish()
    }
  }

  /// Has events end with the next signal, or at once if there was one.
  func interrupt(_ events: DmEvents) {
    state.withLock { state in
      state.events = events
      if state.request != nil { events.finish() }
    }
  }

  /// What was asked for since the last call.
  func request() -> Request? {
    state.withLock { state in
      defer { state.request = nil }
      return state.request
    }
  }
}
