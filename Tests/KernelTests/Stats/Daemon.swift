import FilemapStats
import Glibc
import Synchronization
import SystemPackage
import TestSupport

/// A `dmfilemapd` that a test has started in the foreground.
final class Daemon {
  let process: pid_t
  private let outputPath: FilePath
  private let errorPath: FilePath
  private var status: Int32?

  /// Starts the daemon, which gets the file as descriptor 3.
  init(
    _ file: FilePath, group: GroupId, mode: FilemapMode, path: FilePath? = nil, verbose: Int? = 3
  ) throws {
    let number = Self.count.next()
    outputPath = FilePath("/run/swift-test-daemon-\(number).out")
    errorPath = FilePath("/run/swift-test-daemon-\(number).err")
    var words = ["dmfilemapd", "3", "\(group)", (path ?? file).string, mode.rawValue, "1"]
    if let verbose { words.append("\(verbose)") }
    process = try Self.spawn(words, file, output: outputPath, error: errorPath)
  }

  private static let count = Counter()

  private static func spawn(
    _ words: [String], _ file: FilePath, output: FilePath, error: FilePath
  ) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    let write = O_WRONLY | O_CREAT | O_TRUNC
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output.string, write, 0o600)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, error.string, write, 0o600)
    unsafe posix_spawn_file_actions_addopen(&actions, 3, file.string, O_RDONLY, 0)
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var process: pid_t = 0
    let program = BuiltProgram.folder.appending("dmfilemapd").string
    let failure = unsafe posix_spawn(&process, program, &actions, nil, &arguments, environ)
    guard failure == 0 else { throw Errno(rawValue: failure) }
    return process
  }

  deinit {
    if status == nil {
      _ = Glibc.kill(process, SIGKILL)
      var status: CInt = 0
      _ = unsafe waitpid(process, &status, 0)
    }
  }

  var output: String { (try? outputPath.text()) ?? "" }
  var error: String { (try? errorPath.text()) ?? "" }

  /// The lines of the output that don't belong to looks which changed nothing.
  var lines: [String] {
    output.split(separator: "\n").map(String.init).filter {
      !$0.hasPrefix("exiting _filemap") && !$0.hasPrefix("Waiting for check")
    }
  }

  /// The status with which the daemon ended (128 and more for a signal); `nil` if it still runs.
  func ended() -> Int32? {
    if let status { return status }
    var status: CInt = 0
    guard unsafe waitpid(process, &status, WNOHANG) == process else { return nil }
    self.status = status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f)
    return self.status
  }

  /// Waits for the daemon's end; `nil` if it doesn't come.
  func end(within limit: Duration = .seconds(20)) async throws -> Int32? {
    _ = try await until(limit) { ended() != nil }
    return ended()
  }

  func kill(_ signal: CInt = SIGTERM) { _ = Glibc.kill(process, signal) }

  /// The number of daemons, whoever started them.
  static func running() throws -> Int {
    try names(in: "/proc").count { name in
      Int(name) != nil && (try? FilePath("/proc/\(name)/comm").text()) == "dmfilemapd\n"
    }
  }

  private static func names(in folder: String) throws -> [String] {
    guard let stream = unsafe opendir(folder) else { throw Errno(rawValue: errno) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      names.append(
        unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names
  }

  /// What the daemon has open, but for its standard streams.
  func descriptors() throws -> [String] {
    let folder = "/proc/\(process)/fd"
    return try Self.names(in: folder).compactMap { name in
      guard let number = Int(name), number > 2 else { return nil }
      return FilePath("\(folder)/\(name)").linkTarget ?? "?"
    }.sorted()
  }

  /// The memory that the daemon has, in KiB.
  func memory() throws -> Int { try Self.memory(of: process) }

  /// The memory that a process has, in KiB.
  static func memory(of process: pid_t) throws -> Int {
    for line in try FilePath("/proc/\(process)/status").lines() where line.hasPrefix("VmRSS:") {
      let digits = line.filter { $0 >= "0" && $0 <= "9" }
      return Int(digits) ?? 0
    }
    return 0
  }
}

/// Numbers that are each given out once.
private final class Counter: Sendable {
  private let value = Mutex(0)

  func next() -> Int {
    value.withLock { value in
      value += 1
      return value
    }
  }
}

/// Looks again and again until `condition` holds.
///
/// - Returns: Whether it held in time.
func until(_ limit: Duration, _ condition: () throws -> Bool) async throws -> Bool {
  let end = ContinuousClock.now + limit
  while ContinuousClock.now < end {
    if try condition() { return true }
    try await Task.sleep(for: .milliseconds(20))
  }
  return try condition()
}
