import DeviceMapper
import Glibc
import SystemPackage
public import Testing

/// The udev daemon of the sandbox.
public enum Udev {
  private static let socket: FilePath = "/run/udev/control"

  /// Whether udev handles devices here, and is waited for.
  public static var isRunning: Bool {
    unsafe getenv("DM_DISABLE_UDEV") == nil && socket.kind != nil
  }

  /// The daemon itself, without its workers.
  private static func daemon() throws -> pid_t {
    for name in try FilePath("/proc").entries() {
      guard let number = pid_t(name),
        let text = try? FilePath("/proc/\(name)/stat").text(),
        text.contains("(systemd-udevd) ")
      else { continue }
      return number
    }
    throw UdevMissing()
  }

  /// Carries out `body` while the daemon is there and does nothing.
  public static func paused<Result>(_ body: () async throws -> Result) async throws -> Result {
    let daemon = try daemon()
    // What it has begun may still end: nothing may be under way.
    try await run("udevadm", "settle")
    kill(daemon, SIGSTOP)
    defer { kill(daemon, SIGCONT) }
    return try await body()
  }

  /// Carries out `body` after the daemon has been killed, which leaves its socket behind.
  public static func killed<Result>(_ body: () async throws -> Result) async throws -> Result {
    let daemon = try daemon()
    try await run("udevadm", "settle")
    kill(daemon, SIGKILL)
    _ = await eventually { kill(daemon, 0) != 0 }
    do {
      let result = try await body()
      try await start()
      return result
    } catch {
      try await start()
      throw error
    }
  }

  private static func start() async throws {
    // It keeps its standard error, the end of which would be waited for.
    try await run("sh", "-c", "/lib/systemd/systemd-udevd --daemon 2> /dev/null")
    try await run("udevadm", "settle")
  }
}

/// No daemon where there has to be one.
struct UdevMissing: Error {}

extension Trait where Self == ConditionTrait {
  /// Runs a test only where udev handles devices.
  public static var withUdev: Self { .enabled("needs udev") { Udev.isRunning } }

  /// Runs a test only where udev doesn't handle devices.
  public static var withoutUdev: Self {
    .disabled("needs a machine without udev") { Udev.isRunning }
  }
}
