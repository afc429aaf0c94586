import DeviceMapper
public import DeviceMapperTargets
public import SystemPackage

/// A block device in memory, of which a test may use all.
public struct TestDisk: Sendable {
  /// Its node.
  public let path: FilePath
  /// Its number.
  public let device: Device
  /// Its size, 64 MiB at least.
  public let size: Sectors

  private init(_ path: FilePath) throws {
    self.path = path
    guard let device = try devnodeToDevno(path) else { throw DiskMissing(path: path) }
    self.device = device
    size = try device.size()
  }

  /// Two disks: those of the sandbox, else RAM disks.
  public static func two() async throws -> (TestDisk, TestDisk) {
    let disks = Sandbox.disks
    if disks.count >= 2 { return (try TestDisk(disks[0]), try TestDisk(disks[1])) }
    if FilePath("/dev/ram1").kind == nil { try await run("modprobe", "brd") }
    _ = await eventually { FilePath("/dev/ram1").kind != nil }
    return (try TestDisk("/dev/ram0"), try TestDisk("/dev/ram1"))
  }

  /// A line over a part of the disk.
  public func line(
    start: Sectors = 0, length: Sectors, from offset: Sectors = 0
  ) -> TargetLine<AnyTarget> {
    TargetLine(
      start: start, length: length,
      .linear(LinearTargetParams(device: .number(device), start: offset)))
  }

  /// A table over the beginning of the disk.
  public func table(length: Sectors, from offset: Sectors = 0) throws -> TargetTable<AnyTarget> {
    try TargetTable([line(length: length, from: offset)])
  }
}

/// A disk that should be there.
public struct DiskMissing: Error {
  /// Its node.
  public var path: FilePath
}
