import ArgumentParser
import DeviceMapper
import DeviceMapperTargets
import SystemPackage

@main
struct CacheTier: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache-tier",
    abstract: "Puts a fast disk in front of a slow one, and takes it away again without loss.",
    discussion: "Both disks are overwritten.")

  @Argument(help: "The fast disk.") var fast: String
  @Argument(help: "The slow disk.") var slow: String

  /// What the cache needs to know about its blocks; 4 MiB are enough for a cache of some GiB.
  private static let metadataSize: Sectors = 8192

  func run() async throws {
    guard let fast = DeviceReference(fast), let slow = DeviceReference(slow) else {
      throw ValidationError("a disk is a path or a number such as 7:0")
    }
    let dm = try DM()
    func part(_ name: DmName, from start: Sectors, _ length: Sectors) async throws -> LinearDev {
      let line = LinearTargetParams(device: fast, start: start)
      return try await LinearDev.create(
        dm, name, table: TargetTable(length: length, .linear(line)), options: .privateDevice)
    }
    let size = try fast.resolved().size()
    let metadata = try await part("example-metadata", from: 0, Self.metadataSize)
    let blocks = try await part(
      "example-blocks", from: Self.metadataSize, size - Self.metadataSize)
    // Metadata that begins with zeroes is formatted.
    try write(metadata.devnode(), [UInt8](repeating: 0, count: 4096))

    let cache = try await CacheDev.create(
      dm, "example-cache",
      CacheTargetParams(
        metadataDevice: .number(metadata.device()), cacheDevice: .number(blocks.device()),
        originDevice: slow, cacheBlockSize: Sectors("64 KiB"),
        features: CacheFeatures(mode: .writeback), policy: CachePolicy(.smq)))
    print("\(try cache.size().bytes.iec) of \(self.slow) behind \(try blocks.size().bytes.iec)")
    print(" round   hits  misses  in cache  dirty")
    for round in 1...8 {
      try work(on: cache.devnode())
      try show("\(round)", cache)
    }
    try await cache.flush()
    try show("flush", cache)
    try await cache.setMode(.passthrough)
    print("Passthrough: \(self.slow) has everything and is written first.")
    try await cache.teardown()
    for device in [blocks, metadata] { try await device.remove(options: .privateDevice) }
    let first = try read(FilePath(self.slow), count: 4)
    print("The cache is gone, and the first bytes of \(self.slow) are \(first).")
  }

  private func show(_ title: String, _ cache: CacheDev) throws {
    guard case .working(let status) = try cache.status() else {
      throw ValidationError("the cache has failed")
    }
    let counts = status.performance
    let columns: [any FixedWidthInteger] = [
      counts.readHits + counts.writeHits, counts.readMisses + counts.writeMisses,
      status.usage.cache.used.rawValue, counts.dirty.rawValue,
    ]
    let widths = [7, 8, 10, 7]
    print(zip(columns, widths).reduce(pad(title, 6)) { $0 + pad("\($1.0)", $1.1) })
  }

  private func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// Writes the first MiB, block by block, and reads it.
  private func work(on path: FilePath) throws {
    for block in 0..<16 {
      let content = [UInt8](repeating: UInt8(ascii: "a") + UInt8(block), count: 65536)
      try write(path, content, at: Int64(block) * 65536)
    }
    _ = try read(path, count: 1 << 20)
  }

  private func write(_ path: FilePath, _ bytes: [UInt8], at place: Int64 = 0) throws {
    let file = try FileDescriptor.open(path, .writeOnly, options: .closeOnExec)
    // The last close of a block device writes everything that waits.
    try file.closeAfter { _ = try file.writeAll(toAbsoluteOffset: place, bytes) }
  }

  private func read(_ path: FilePath, count: Int) throws -> String {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    return try file.closeAfter {
      var bytes = [UInt8](repeating: 0, count: count)
      _ = try unsafe bytes.withUnsafeMutableBytes {
        try unsafe file.read(fromAbsoluteOffset: 0, into: $0)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
