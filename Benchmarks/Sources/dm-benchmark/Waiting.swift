import Synchronization

/// Runs `body` to its end on the caller's thread: a second thread would be counted as well, whatever
/// it does, and valgrind prefers programs that aren't asynchronous.
func waiting(_ body: @Sendable @escaping () async throws -> Void) throws {
  let result = Mutex<Result<Void, any Error>?>(nil)
  Task.detached(executorPreference: ThisThread()) {
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
    result.withLock { $0 = outcome }
  }
  guard let outcome = result.withLock({ $0 }) else { throw LibraryFailed("a wait") }
  try outcome.get()
}

/// Carries out what it gets at once; enough for a task that never really waits.
private final class ThisThread: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    UnownedJob(job).runSynchronously(on: asUnownedTaskExecutor())
  }
}
