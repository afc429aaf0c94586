import DeviceMapper
import DeviceMapperTargets
import Glibc
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A file system on a device-mapper device that stands on a file in memory, for one test.
struct TestFileSystem {
  enum Kind: String, CaseIterable, Sendable { case ext4, xfs }
  enum Layers: String, CaseIterable, Sendable { case linear, striped, thin }

  let dm: DM
  /// The device that holds the file system.
  let name: DmName
  let device: Device
  let mountPoint: FilePath

  /// Makes the file system, calls `body`, and takes everything down again.
  static func with(
    _ kind: Kind = .ext4, on layers: Layers = .linear, options: [String] = [], name: String,
    size: Sectors = 655_360, _ body: (TestFileSystem) async throws -> Void
  ) async throws {
    let dm = try DM()
    let cleanup = Cleanup()
    do {
      let fileSystem = try await make(
        dm, kind, layers, options, prefix: "\(TestDevices.prefix)\(name)", size, cleanup)
      try await body(fileSystem)
    } catch {
      await cleanup.run()
      throw error
    }
    await cleanup.run()
  }

  private static func make(
    _ dm: DM, _ kind: Kind, _ layers: Layers, _ options: [String], prefix: String,
    _ size: Sectors, _ cleanup: Cleanup
  ) async throws -> TestFileSystem {
    let backing = "/run/\(prefix)"
    let handle = try FileDescriptor.open(
      FilePath(backing), .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
    try handle.resize(to: Int64(size.rawValue * 512))
    try handle.close()
    cleanup.add { _ = unsafe unlink(backing) }
    if unsafe access("/dev/loop-control", F_OK) != 0 {
      _ = try await run("modprobe", "loop")
    }
    let loop = String(try await run("losetup", "-f", "--show", backing).dropLast())
    cleanup.add { _ = try await run("losetup", "-d", loop) }
    let below = try #require(DevicePath(loop))

    let name = try DmName(prefix)
    func create(
      _ name: DmName, _ length: Sectors, _ type: TargetType, _ parameters: String
    ) async throws {
      let table = try TargetTable(length: length, VerbatimTarget(type, TargetText(parameters)))
      _ = try await DmDevice<VerbatimTarget>.create(dm, name, table: table, options: .privateDevice)
      cleanup.add { try await dm.deviceRemove(.name(name)) }
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
    let made = try await runAnyhow("mkfs.\(kind.rawValue)", ["-q"] + options + [node])
    guard made.status == 0 else {
      throw made
    }
    let mountPoint = "/run/\(prefix)-mount"
    unsafe mkdir(mountPoint, 0o755)
    try Errno.check(unsafe mount(node, mountPoint, kind.rawValue, 0, nil))
    cleanup.add {
      for _ in 0..<50 where unsafe umount(mountPoint) != 0 {
        try await Task.sleep(for: .milliseconds(20))
      }
    }
    return TestFileSystem(
      dm: dm, name: name, device: device, mountPoint: FilePath(mountPoint))
  }

  private static func number(_ dm: DM, _ name: DmName) throws -> Device {
    try #require(try dm.deviceInfo(.name(name)).device)
  }

  func path(_ name: String) -> FilePath { FilePath("\(mountPoint)/\(name)") }
}

/// What has to be taken down, the last first.
private final class Cleanup {
  private var steps: [() async throws -> Void] = []

  func add(_ step: @escaping () async throws -> Void) { steps.append(step) }

  func run() async {
    for step in steps.reversed() {
      do { try await step() } catch { Issue.record("cleaning up: \(error)") }
    }
    steps = []
  }
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

/// How a program ended and what it wrote.
struct ProgramResult: Error, Equatable {
  var status: Int32
  var output: String
  var error: String

  /// The lines of the output.
  var lines: [String] { output.split(separator: "\n").map(String.init) }
}

/// Runs a program of the system, which may fail, with this package's programs in its `PATH`.
func runAnyhow(_ program: String, _ arguments: [String]) async throws -> ProgramResult {
  let path = "\(BuiltProgram.folder):/usr/sbin:/usr/bin:/sbin:/bin"
  let result = try await Subprocess.run(
    .name(program), arguments: Arguments(arguments),
    environment: .inherit.updating(["PATH": path]), output: .string(limit: 1 << 22),
    error: .string(limit: 1 << 20))
  let status: Int32 =
    switch result.terminationStatus {
    case .exited(let code): code
    case .signaled(let signal): 128 + signal
    }
  return ProgramResult(
    status: status, output: result.standardOutput, error: result.standardError)
}

/// The programs of this package, which are built beside the tests.
enum BuiltProgram {
  static let folder: FilePath = {
    let tests = FilePath("/proc/self/exe").linkTarget ?? ""
    return FilePath(tests).removingLastComponent()
  }()
}
