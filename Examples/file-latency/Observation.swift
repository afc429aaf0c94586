import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import SystemPackage

/// A file whose requests are counted, and shown again and again.
struct Observation: Sendable {
  var path: String
  /// The time that a chart is about.
  var interval: Duration
  /// The number of charts.
  var count: Int
  var bounds: HistogramBounds

  /// Runs until all charts are shown or the task is cancelled; nothing is left behind.
  func run() async throws {
    let dm = try DM()
    let file = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec])
    defer { try? file.close() }
    // A region for each piece of the device that holds a part of the file.
    var map = try Filemap.create(
      dm, file: file,
      options: FilemapOptions(
        precise: bounds.needsPreciseTimestamps, bounds: bounds))
    do {
      try await show(&map, file)
    } catch {
      try? map.delete()
      throw error
    }
    try map.delete()
  }

  private func show(_ map: inout Filemap, _ file: FileDescriptor) async throws {
    var screen = Screen()
    let clock = ContinuousClock()
    var last = clock.now
    for _ in 0..<count {
      do { try await clock.sleep(until: last + interval) } catch { return }
      let counters = try map.statistics.takeCounters(try map.statistics.group(map.group))
      let now = clock.now
      screen.show(Chart(path, Rates(counters, over: now - last), width: screen.width))
      last = now
      // The file may have grown, or been written elsewhere.
      try map.update(file)
    }
  }
}
