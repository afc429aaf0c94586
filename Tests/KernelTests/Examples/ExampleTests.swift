import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

/// An example with the disks that it takes, and what it says.
struct Example: CustomTestStringConvertible {
  var name: String
  /// The lengths of the disks, whose nodes are the arguments.
  var disks: [(name: String, length: Sectors)]
  /// Parts of the output, in order.
  var says: [String]

  var testDescription: String { name }
}

extension OnKernel {
  /// The programs in `Examples`, run as a reader would.
  @Suite(.kernel(.cache, .integrity, .raid, .thinPool, .verity)) struct Examples {
    let dm: DM

    init() throws { dm = try DM() }

    private static let examples: [Example] = [
      Example(
        name: "cache-tier", disks: [("fast", 40960), ("slow", 131072)],
        says: ["64 MiB of", "round", "flush", "Passthrough", "are aaaa"]),
      Example(
        name: "integrity-format", disks: [("disk", 32768)],
        says: [
          "Of 16 MiB", "read: What is written", "flips", "read: ✗", "degraded", "checksum mismatch",
        ]),
      Example(
        name: "raid-replace", disks: [("first", 40960), ("second", 40960), ("third", 40960)],
        says: [
          "100 %", "fails", "degraded", "takes its place", "100 %", "healthy", "finds 0",
          "safe and sound, still",
        ]),
      Example(
        name: "readme", disks: [("meta", 8192), ("data", 65536)], says: ["free of", "1 TiB"]),
      Example(
        name: "verity-image", disks: [("image", 16384), ("hashes", 2048)],
        says: ["The root", "✓ 8 MiB read, valid", "✗ block 12", "corrupted"]),
      Example(
        name: "device-tree", disks: [("leg", 128)],
        says: ["swift-test-leg (", "└─", "stands on it", "user"]),
    ]

    @Test(arguments: examples) func `an example says what it shows, and leaves nothing`(
      example: Example
    ) async throws {
      let disk = try await TestDisk.two().0
      var disks: [LinearDev] = []
      var start: Sectors = 0
      for (name, length) in example.disks {
        disks += try await disk.cut(dm, from: start, [name: length])
        start += length
      }
      if example.name == "device-tree" {
        let user = LinearTargetParams(device: try disks[0].reference, start: 0)
        try await dm.make("user", TargetTable(length: 8, .linear(user)))
      }
      let devices = try dm.listDevices().map(\.name)
      let program = BuiltProgram.folder.appending(example.name).string
      let output = try await TestSupport.run(
        "env", [program] + disks.map { "\(try $0.devnode())" })
      print("\(example.name)\n\(output)")
      var rest = output[...]
      for text in example.says {
        let range = try #require(rest.firstRange(of: text), "\(text) isn't in \(rest)")
        rest = rest[range.upperBound...]
      }
      #expect(try dm.listDevices().map(\.name) == devices)
    }
  }
}
