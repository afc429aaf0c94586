import DeviceMapper
import DeviceMapperTargets
import Glibc
import SystemPackage
import TestSupport
import Testing

/// A file system on a device-mapper device that stands on a file in memory, for one test.
struct TestFileSystem {
  enum Kind: String, Sendable {
    case ext4, xfs, btrfs
    /// Those whose files can be mapped.
    static let mappable: [Kind] = [.ext4, .xfs]
  }
  enum Layers: String, CaseIterable, Sendable { case linear, striped, thin }

  let dm: DM
  /// The device that holds the file system.
  let name: DmName
  let device: Device
  let mountPoint: FilePath

  /// Makes the file system, calls `body`, and takes everything down again.
  static func with(
    _ kind: Kind = .ext4, on layers: Layers = .linear, options: [String] = [],
    mountOptions: String = "", name: String, size: Sectors = 655_360,
    _ body: (TestFileSystem) async throws -> Void
  ) async throws {
    try await TestLoop.with(size: size) { loop in
      let fileSystem = try await make(
        DM(), kind, layers, options, mountOptions, name: name, loop, size)
      let result: Result<Void, any Error>
      do { result = .success(try await body(fileSystem)) } catch { result = .failure(error) }
      let isUnmounted = await eventually { unsafe umount(fileSystem.mountPoint.string) == 0 }
      #expect(isUnmounted)
      try result.get()
    }
  }

  private static func make(
    _ dm: DM, _ kind: Kind, _ layers: Layers, _ options: [String], _ mountOptions: String,
    name: String, _ loop: FilePath, _ size: Sectors
  ) async throws -> TestFileSystem {
    let below = try #require(DevicePath("\(loop)"))
    let prefix = "\(TestDevices.prefix)\(name)"
    let name = try DmName(prefix)
    func create(
      _ name: DmName, _ length: Sectors, _ type: TargetType, _ parameters: String
    ) async throws {
      let table = try TargetTable(length: length, VerbatimTarget(type, TargetText(parameters)))
      _ = try await DmDevice<VerbatimTarget>.create(dm, name, table: table, options: .privateDevice)
    }
    switch layers {
    case .linear: try await create(name, size, .linear, "\(below) 0")
    case .striped:
      let half = Sectors(rawValue: size.rawValue / 2 / 128 * 128)
      try await create(
        name, half * 2, .striped, "2 128 \(below) 0 \(below) \(half.rawValue)")
    case .thin:
      let pool = try DmName(prefix + "-pool")
      let metadata = try DmName(prefix + "-meta")
      let data = try DmName(prefix + "-data")
      try await create(metadata, 8192, .linear, "\(below) 0")
      try await create(data, size - 8192, .linear, "\(below) 8192")
      try await create(
        pool, size - 8192, .thinPool,
        "\(try number(dm, metadata)) \(try number(dm, data)) 128 0")
      try dm.targetMessage(.name(pool), "create_thin 0")
      try await create(name, size - 16384, .thin, "\(try number(dm, pool)) 0")
    }
    let device = try number(dm, name)
    let node = device.devnode.string
    try await run("mkfs.\(kind.rawValue)", ["-q"] + options + [node])
    let mountPoint = "/run/\(prefix)-mount"
    unsafe mkdir(mountPoint, 0o755)
    try Errno.check(unsafe mount(node, mountPoint, kind.rawValue, 0, mountOptions))
    return TestFileSystem(
      dm: dm, name: name, device: device, mountPoint: FilePath(mountPoint))
  }

  private static func number(_ dm: DM, _ name: DmName) throws -> Device {
    try #require(try dm.deviceInfo(.name(name)).device)
  }

  func path(_ name: String) -> FilePath { FilePath("\(mountPoint)/\(name)") }
}

extension Errno {
  /// Throws the reason of a system call that returned a negative number.
  @discardableResult
  static func check(_ result: CInt) throws -> CInt {
    let error = Errno(rawValue: errno)
    guard result >= 0 else { throw error }
    return result
  }
}
