import ArgumentParser
import FilemapStats

@main
struct FileLatency: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "file-latency",
    abstract: "Draws how long the I/O of a file takes, while it happens.",
    discussion: """
      The file has to be in a file system on a device-mapper device. What the page cache answers is no \
      I/O. Ends with Ctrl-C, or after as many pictures as were asked for, and leaves nothing behind.
      """)

  @Argument(help: "The file.")
  var file: String

  @Option(name: .shortAndLong, help: "How many seconds a picture is about.")
  var interval = 1.0

  @Option(name: .shortAndLong, help: "How many pictures there are.")
  var count = Int.max

  @Option(name: .shortAndLong, help: "The bounds of the times, such as 100us,1ms,10ms.")
  var bounds = "50us,100us,200us,500us,1ms,2ms,5ms,10ms,20ms,50ms,100ms,1s"

  func validate() throws {
    guard interval >= 0.01, count > 0 else {
      throw ValidationError("The interval and the count have to be more than nothing.")
    }
    _ = try HistogramBounds(parsing: bounds)
  }

  func run() async throws {
    let observation = Observation(
      path: file, interval: .seconds(interval), count: count,
      bounds: try HistogramBounds(parsing: bounds))
    let task = Task { try await observation.run() }
    try await withInterruption({ task.cancel() }) { try await task.value }
  }
}
