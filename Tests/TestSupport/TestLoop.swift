public import DeviceMapper
public import DeviceMapperTargets
import Glibc
public import SystemPackage

/// A file in memory as a block device, for the time of one test.
public enum TestLoop {
  /// Makes a file of zeroes, lets a shell script fill it (`$1` is its path), attaches it to a loop
  /// device and calls `body` with the device's node.
  public static func with<Result>(
    size: Sectors, script: String? = nil, partitions: Bool = false,
    _ body: (FilePath) async throws -> Result
  ) async throws -> Result {
    let file: FilePath = "/run/swift-test-image"
    try make(file, size)
    if let script { try await run("sh", "-ec", script, "-", "\(file)") }
    let node = try await attach(file, partitions ? ["--partscan"] : [])
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await body(node)) } catch { result = .failure(error) }
    try await TestDevices.removeAll()
    try await run("losetup", "--detach", "\(node)")
    unsafe unlink(file.string)
    return try result.get()
  }

  /// Makes a device of zeroes that takes memory only where it is written.
  ///
  /// Its loop device and its file are gone once nothing uses them.
  public static func sparseDevice(
    _ dm: DM, _ suffix: String, length: Sectors
  ) async throws -> LinearDev {
    let file: FilePath = "/run/swift-test-sparse"
    try make(file, length)
    let node = try await attach(file, [])
    guard let path = DeviceReference("\(node)") else { throw DiskMissing(path: node) }
    let device = try await LinearDev.create(
      dm, .test(suffix),
      table: TargetTable(length: length, .linear(LinearTargetParams(device: path, start: 0))),
      options: .privateDevice)
    try await run("losetup", "--detach", "\(node)")
    unsafe unlink(file.string)
    return device
  }

  private static func make(_ path: FilePath, _ size: Sectors) throws {
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: .ownerReadWrite)
    try file.closeAfter { try file.resize(to: Int64(size.bytes.rawValue)) }
  }

  private static func attach(_ file: FilePath, _ options: [String]) async throws -> FilePath {
    if FilePath("/dev/loop-control").kind == nil { try await run("modprobe", "loop") }
    let output = try await run("losetup", options + ["--find", "--show", "\(file)"])
    return FilePath(output.split(separator: "\n").first.map(String.init) ?? "")
  }
}
