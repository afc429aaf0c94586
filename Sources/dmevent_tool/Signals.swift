import DeviceMapper
import Dispatch
import Glibc
import Synchronization

/// The signals that end the program or make it begin anew.
struct Signals {
  /// What a signal asks for.
  enum Request {
    case end
    case beginAnew
  }

  private let inbox = Inbox()
  /// Kept, since a source that nobody has sees nothing.
  private let sources: [any DispatchSourceSignal]

  init() {
    let requests: [(CInt, Request)] = [(SIGTERM, .end), (SIGINT, .end), (SIGHUP, .beginAnew)]
    sources = requests.map { [inbox] (number, request) in
      // A source sees signals that are ignored, and only those.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { inbox.take(request) }
      source.activate()
      return source
    }
  }

  /// Has events end with the next signal, or at once if there was one.
  func interrupt(_ events: DmEvents) {
    inbox.state.withLock { state in
      state.events = events
      if state.request != nil { events.finish() }
    }
  }

  /// What was asked for since the last call.
  func request() -> Request? {
    inbox.state.withLock { state in
      defer { state.request = nil }
      return state.request
    }
  }

  /// Where a signal leaves what it asks for.
  private final class Inbox: Sendable {
    struct State {
      var request: Request?
      var events: DmEvents?
    }

    let state = Mutex(State())

    func take(_ request: Request) {
      state.withLock { state in
        if state.request != .end { state.request = request }
        state.events?.finish()
      }
    }
  }
}
