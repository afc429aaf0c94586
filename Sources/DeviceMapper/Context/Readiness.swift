import Dispatch
import Synchronization
import SystemPackage

/// Waits until there is something to read from a descriptor, on no thread at all.
enum Readiness {
  /// Waits; a cancelled task stops waiting at once.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/cancelled``.
  static func wait(for descriptor: FileDescriptor) async throws(DmError) {
    // A source may be cancelled from any thread; its type only doesn't say so.
    nonisolated(unsafe) let source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor.rawValue, queue: .global())
    let waiter = Mutex<Waiter>(.nobody)
    await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let isCancelled = waiter.withLock { waiter in
          if case .cancelled = waiter { return true }
          waiter = .waiting(continuation)
          return false
        }
        if isCancelled {
          // A source that was never activated may not be released.
          unsafe source.activate()
          return continuation.resume()
        }
        // The source is cancelled with its first event, and the descriptor is left alone only after
        // that: so its owner may close it as soon as this function returns.
        unsafe source.setEventHandler { unsafe source.cancel() }
        unsafe source.setCancelHandler {
          if case .waiting(let continuation) = waiter.withLock({ $0 }) { continuation.resume() }
        }
        unsafe source.activate()
      }
    } onCancel: {
      waiter.withLock { waiter in
        if case .nobody = waiter { waiter = .cancelled }
      }
      unsafe source.cancel()
    }
    if Task.isCancelled { throw DmError(.cancelled) }
  }

  private enum Waiter {
    case nobody
    case waiting(CheckedContinuation<Void, Never>)
    case cancelled
  }
}
