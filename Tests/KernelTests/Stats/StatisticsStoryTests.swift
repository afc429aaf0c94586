import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// The code of the documentation.
  @Suite(.kernel(.linear)) struct StatisticsStories {
    @Test func `a device in areas`() async throws {
      try await TestFileSystem.with(name: "areas") { fileSystem in
        let (dm, device) = (fileSystem.dm, fileSystem.device)
        let statistics = Statistics(dm, .device(device))
        let quarters = try statistics.createRegion(
          NewRegion(step: .count(4), bounds: try HistogramBounds(parsing: "1ms,10ms,100ms")))
        // …and later
        let region = try statistics.region(quarters)
        for area in try statistics.counters(region) {
          print(area.range, area.counters.reads, area.counters.sectorsRead.bytes.iec)
        }
        let all = Counters.sum(try statistics.takeCounters(region).map(\.counters))
        #expect(all.histogram?.counts.count == 4)
        try statistics.delete(quarters)
        #expect(try statistics.regions().isEmpty)
      }
    }

    @Test func `a file, mapped and followed`() async throws {
      try await TestFileSystem.with(name: "story") { fileSystem in
        let written = try TestFile(fileSystem.path("image"), direct: true)
        try written.write(at: 0, count: 16 * MappedFile.block)
        let (dm, path) = (fileSystem.dm, written.path)
        var seen: [Rates] = []
        let file = try FileDescriptor.open(path, .readOnly)
        let map = try Filemap.create(
          dm, file: file,
          options: FilemapOptions(
            alias: try GroupAlias("image"), bounds: try HistogramBounds(parsing: "1ms,10ms")))
        // The regions follow the file until the task is cancelled, or the group is deleted.
        let monitor = try FilemapMonitor(
          dm, file: file, path: path, group: map.group, mode: .inode)
        let following = Task { try await monitor.run() }
        for try await rates in map.statistics.rates(of: map.group, every: .seconds(1)) {
          print(rates.readsPerSecond, rates.bytesWrittenPerSecond, rates.averageWait ?? .zero)
          seen.append(rates)
          if seen.count == 2 { break }
          try written.read(at: 0, count: MappedFile.block)
        }
        #expect(seen.map(\.counters.reads) == [0, 1])
        try map.delete()
        #expect(try await following.value == .groupRemoved)
        try file.close()
      }
    }
  }
}
