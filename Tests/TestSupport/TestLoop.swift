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
}
