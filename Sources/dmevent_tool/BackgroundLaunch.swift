import Glibc
import SystemPackage

/// The two sides of a start in the background.
///
/// The program starts itself once more in a session of its own, and waits for a line on a pipe: that
/// all is armed, or why not. A process with threads can't simply fork, as daemons once did.
struct BackgroundLaunch {
  /// The variable that tells the second process that it is the one.
  private static let variable = "DMEVENT_TOOL_BACKGROUND"
  /// The pipe's end in the second process.
  private static let pipe = FileDescriptor(rawValue: 3)
  private static let ready = "ready"

  /// The side of the process in the background; `nil` in any other.
  static let current: BackgroundLaunch? = {
    guard let pointer = unsafe getenv(variable) else { return nil }
    // Only for the process that it was set for: its parent names itself.
    guard unsafe String(cString: pointer) == "\(getppid())" else { return nil }
    unsafe unsetenv(variable)
    // No terminal, and none to come: a session of its own.
    _ = setsid()
    SystemLog.open()
    return BackgroundLaunch()
  }()

  /// Tells the first process that all is armed.
  func reportReady() throws(Failure) {
    do { try Self.pipe.writeAll((Self.ready + "\n").utf8) } catch {
      throw Failure("the starting process is gone")
    }
    try? Self.pipe.close()
  }

  /// Leaves the folder that it was started in, which may be on a file system to be unmounted.
  func leaveFolder() { _ = unsafe chdir("/") }

  /// Tells the first process why not; nothing happens if that one has ended.
  func report(failure: String) {
    _ = try? Self.pipe.writeAll((failure.singleLine + "\n").utf8)
  }
}

/// The side of the process that was started by the user.
extension BackgroundLaunch {
  /// Starts the process in the background, and returns when it has armed everything.
  static func start() throws(Failure) {
    let (reading, writing): (FileDescriptor, FileDescriptor)
    do { (reading, writing) = try FileDescriptor.pipe() } catch {
      throw Failure("can't make a pipe: \(error)")
    }
    defer { try? reading.close() }
    do {
      // The other end must be the only one, so that its closing is seen.
      defer { try? writing.close() }
      try spawn(writing)
    }
    let line = try read(reading)
    guard line == ready else {
      throw Failure(line.isEmpty ? "the process in the background ended at once" : line)
    }
  }

  private static func read(_ pipe: FileDescriptor) throws(Failure) -> String {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      do {
        let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe pipe.read(into: $0) }
        if count == 0 { break }
        text += buffer[..<count]
        if text.last == UInt8(ascii: "\n") { break }
      } catch {
        throw Failure("can't read from the process in the background: \(error)")
      }
    }
    if text.last == UInt8(ascii: "\n") { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  private static func spawn(_ writing: FileDescriptor) throws(Failure) {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    // The pipe first: it may have one of the numbers that are taken below.
    unsafe posix_spawn_file_actions_adddup2(&actions, writing.rawValue, pipe.rawValue)
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var (none, all) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    unsafe setenv(variable, "\(getpid())", 1)
    defer { unsafe unsetenv(variable) }
    closeAllOnSpawn()
    var arguments = unsafe CommandLine.arguments.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var process = pid_t()
    let error = unsafe posix_spawn(
      &process, program, &actions, &attributes, &arguments, environ)
    guard error == 0 else {
      throw Failure("can't start in the background: \(Errno(rawValue: error))")
    }
  }

  /// Keeps what the caller left open from the process in the background, which would hold it open.
  private static func closeAllOnSpawn() {
    guard let folder = unsafe opendir("/proc/self/fd") else { return }
    defer { unsafe closedir(folder) }
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let number = CInt(name), number > 2 { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
    }
  }

  /// The program's own file; by its real name, which is the name of the process in the background.
  private static var program: String {
    let link = "/proc/self/exe"
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = unsafe readlink(link, &path, path.count - 1)
    guard count > 0, unsafe access(path, X_OK) == 0 else { return link }
    return String(decoding: path[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
