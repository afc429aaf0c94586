import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// The example `file-latency`, run as a user would.
  @Suite(.kernel(.linear)) struct FileLatency {
    private let program = "file-latency"

    /// Reads and writes a file while `body` runs.
    private func working<Result>(
      _ path: FilePath, _ body: () async throws -> Result
    ) async throws -> Result {
      let work = Task {
        let file = try TestFile(path, direct: true)
        var index = 0
        while !Task.isCancelled {
          try file.write(at: index % 16 * MappedFile.block, count: MappedFile.block)
          try file.read(at: index % 16 * MappedFile.block, count: MappedFile.block)
          index += 1
          try? await Task.sleep(for: .milliseconds(2))
        }
      }
      defer { work.cancel() }
      return try await body()
    }

    @Test func `elsewhere than on a terminal it is plain text`() async throws {
      try await TestFileSystem.with(name: "plain") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        try file.write(at: 0, count: 16 * MappedFile.block)
        let result = try await working(file.path) {
          try await runAnyhow(
            program, ["--interval", "0.5", "--count", "2", file.path.string])
        }
        #expect(result.status == 0)
        #expect(result.error == "")
        #expect(!result.output.contains("\u{1b}"))
        let charts = result.lines.filter { $0.hasPrefix("\(file.path): ") }
        #expect(charts.count == 2)
        #expect(charts.allSatisfy { !$0.contains(": 0 reads") && !$0.contains(", 0 writes") })
        #expect(result.lines.contains { $0.hasPrefix(" < 50 us") || $0.hasPrefix("   < 50 us") })
        #expect(result.lines.contains { $0.contains("# ") && $0.hasSuffix(" %)") })
        #expect(result.lines.last?.contains("p99 ") == true)
        #expect(try Statistics(fileSystem.dm, .device(fileSystem.device)).regions().isEmpty)
      }
    }

    @Test func `on a terminal each chart takes the place of the one before`() async throws {
      try await TestFileSystem.with(name: "terminal") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        try file.write(at: 0, count: 16 * MappedFile.block)
        let command = "TERM=xterm '\(program)' --interval 0.3 --count 3 '\(file.path)'"
        let result = try await working(file.path) {
          try await runAnyhow("script", ["--quiet", "--return", "--command", command, "/dev/null"])
        }
        #expect(result.status == 0)
        // Thirteen bins between a title and a summary.
        #expect(result.output.split(separator: "\u{1b}[15A").count == 3)
        #expect(result.output.contains("█"))
      }
    }

    @Test func `when it is interrupted it leaves no region behind`() async throws {
      try await TestFileSystem.with(name: "interrupted") { fileSystem in
        let file = try TestFile(fileSystem.path("data"), direct: true)
        try file.write(at: 0, count: 16 * MappedFile.block)
        let script = """
          file-latency --interval 0.2 "$0" > /run/swift-test-chart &
          until [ -s /run/swift-test-chart ]; do sleep 0.1; done
          kill -INT $!
          wait $!
          """
        let result = try await runAnyhow("sh", ["-c", script, file.path.string])
        #expect(result.status == 0)
        #expect(try FilePath("/run/swift-test-chart").text().contains("no requests"))
        #expect(try Statistics(fileSystem.dm, .device(fileSystem.device)).regions().isEmpty)
      }
    }

    @Test func `a file that can't be mapped is an error with the reason`() async throws {
      _ = try TestFile("/run/swift-test-plain")
      let result = try await runAnyhow(program, ["/run/swift-test-plain"])
      #expect(result.status == 1)
      #expect(result.error.contains("not on a device-mapper device"))
    }
  }
}
