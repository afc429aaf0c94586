import Glibc

/// Runs `body` on a thread of its own, while the caller's task is suspended.
///
/// A command that waits for I/O may wait for long, even until another task has done something about
/// it; on the threads that all tasks share, a few of them would stop the whole program.
package func onOwnThread<Success: Sendable, Failure: Error>(
  _ body: @Sendable @escaping () throws(Failure) -> Success
) async throws(Failure) -> Success {
  let result: Result<Success, Failure> = await withCheckedContinuation { continuation in
    let work = ThreadWork {
      do throws(Failure) { continuation.resume(returning: .success(try body())) } catch {
        continuation.resume(returning: .failure(error))
      }
    }
    work.start()
  }
  return try result.get()
}

private final class ThreadWork: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @Sendable @escaping () -> Void) { self.body = body }

  func start() {
    // The thread takes over this reference.
    let pointer = unsafe Unmanaged.passRetained(self).toOpaque()
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let failed = unsafe pthread_create(
      &thread, &attributes,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<ThreadWork>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      }, pointer)
    unsafe pthread_attr_destroy(&attributes)
    // No thread to be had: waiting on the caller's is better than not doing the work.
    if failed != 0 { unsafe Unmanaged<ThreadWork>.fromOpaque(pointer).takeRetainedValue().body() }
  }
}
