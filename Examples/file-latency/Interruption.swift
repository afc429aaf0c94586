import Dispatch
import Foundation

/// Does something, and calls `interrupt` when the user wants it to end: by Ctrl-C or SIGTERM.
func withInterruption<Result>(
  _ interrupt: @Sendable @escaping () -> Void, _ body: () async throws -> Result
) async rethrows -> Result {
  let sources = [SIGINT, SIGTERM].map { number in
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number)
    source.setEventHandler(handler: interrupt)
    source.resume()
    return source
  }
  defer { for source in sources { source.cancel() } }
  return try await body()
}
