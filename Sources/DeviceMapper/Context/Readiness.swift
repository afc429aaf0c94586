import Dispatch
import Synchronization
import SystemPackage

/// A wait until there is something to read from a descriptor, on no thread at all.
final class Readiness: Sendable {
  private let state: Mutex<State>

  private struct State {
    let source: any DispatchSourceRead
    var waiter = Waiter.nobody
  }

  private enum Waiter {
    case nobody
    case waiting(CheckedContinuation<Void, Never>)
    case cancelled
  }

  private init(of descriptor: FileDescriptor) {
    state = Mutex(
      State(
        source: DispatchSource.makeReadSource(
          fileDescriptor: descriptor.rawValue, queue: .global())))
    // The source is cancelled with its first event, which also lets go of these closures. Only then is
    // the descriptor left alone: so its owner may close it as soon as the wait is over.
    state.withLock { state in
      state.source.setEventHandler { self.cancelSource() }
      state.source.setCancelHandler { self.end() }
    }
  }

  /// Waits; a cancelled task stops waiting at once.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/cancelled``.
  static func wait(for descriptor: FileDescriptor) async throws(DmError) {
    let readiness = Readiness(of: descriptor)
    await withTaskCancellationHandler {
      await withCheckedContinuation { readiness.begin($0) }
    } onCancel: {
      readiness.cancel()
    }
    if Task.isCancelled { throw DmError(.cancelled) }
  }

  private func begin(_ continuation: CheckedContinuation<Void, Never>) {
    let isCancelled = state.withLock { state in
      // A source that was never activated may not be released.
      defer { state.source.activate() }
      if case .cancelled = state.waiter { return true }
      state.waiter = .waiting(continuation)
      return false
    }
    if isCancelled { continuation.resume() }
  }

  private func cancel() {
    state.withLock { state in
      if case .nobody = state.waiter { state.waiter = .cancelled }
      state.source.cancel()
    }
  }

  private func cancelSource() { state.withLock { $0.source.cancel() } }

  private func end() {
    if case .waiting(let continuation) = state.withLock({ $0.waiter }) { continuation.resume() }
  }
}
