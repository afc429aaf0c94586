public import DeviceMapper
public import DeviceMapperTargets
public import SystemPackage

/// A file in memory as a block device, for the time of one test.
public enum TestLoop {
  /// Makes a file of zeroes, lets a shell script fill it (`$1` is its path), attaches it to a loop
  /// device and calls `body` with the device's node.
  public static func with<Result>(
    size: String, _ script: String, partitions: Bool = false,
    _ body: (FilePath) async throws -> Result
  ) async throws -> Result {
    let file = "/run/swift-test-image"
    try await run("sh", "-ec", "rm -f $1; truncate -s \(size) $1; \(script)", "-", file)
    if FilePath("/dev/loop-control").kind == nil { try await run("modprobe", "loop") }
    let options = partitions ? ["--partscan"] : []
    let node = FilePath(
      try await run("losetup", options + ["--find", "--show", file])
        .split(separator: "\n").first.map(String.init) ?? "")
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await body(node)) } catch { result = .failure(error) }
    try await TestDevices.removeAll()
    try await run("losetup", "--detach", "\(node)")
    try await run("rm", file)
    return try result.get()
  }

  /// Makes a device of zeroes that takes memory only where it is written.
  ///
  /// Its loop device and its file are gone once nothing uses them.
  public static func sparseDevice(
    _ dm: DM, _ suffix: String, length: Sectors
  ) async throws -> LinearDev {
    let file = "/run/swift-test-sparse"
    try await run("truncate", "-s", "\(length.bytes.rawValue)", file)
    if FilePath("/dev/loop-control").kind == nil { try await run("modprobe", "loop") }
    let node = try await run("losetup", "--find", "--show", file).prefix { $0 != "\n" }
    guard let path = DeviceReference(String(node)) else { throw DiskMissing(path: FilePath(file)) }
    let device = try await LinearDev.create(
      dm, .test(suffix),
      table: TargetTable(length: length, .linear(LinearTargetParams(device: path, start: 0))),
      options: .privateDevice)
    try await run("losetup", "--detach", String(node))
    try await run("rm", file)
    return device
  }
}
