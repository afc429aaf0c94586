import CDeviceMapper
import Glibc
import SystemPackage

/// What the daemon does about itself as a process.
enum Process {
  /// Makes sure that 0, 1 and 2 are open, so that no other file gets one of these numbers.
  static func openStandardStreams() {
    while true {
      let descriptor = unsafe open("/dev/null", O_RDWR)
      if descriptor < 0 { return }
      if descriptor > 2 {
        close(descriptor)
        return
      }
    }
  }

  /// Closes what the daemon was given besides its file, which it would keep open for ever.
  static func closeStrangers(but file: CInt) {
    guard let stream = unsafe opendir("/proc/self/fd") else {
      for descriptor in 3..<CInt(1024) where descriptor != file { close(descriptor) }
      return
    }
    let own = unsafe dirfd(stream)
    var strangers: [CInt] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let number = CInt(name), number > 2, number != file, number != own {
        strangers.append(number)
      }
    }
    unsafe closedir(stream)
    for descriptor in strangers { close(descriptor) }
  }

  /// Gives up the descriptor with which the daemon was started; it has one of its own.
  static func release(_ file: CInt) {
    if file > 2 { close(file) } else { redirect(file) }
  }

  /// Leads a standard stream to nowhere.
  static func redirect(_ stream: CInt) {
    let null = unsafe open("/dev/null", O_RDWR | O_CLOEXEC)
    guard null >= 0 else { return }
    dup2(null, stream)
    if null > 2 { close(null) }
  }

  /// Goes on in a new process in a session of its own; the old one calls `farewell` and ends.
  ///
  /// Must be called before there are threads, none of which would be in the new process.
  static func detach(_ farewell: (pid_t) -> Void) throws(Errno) {
    // Fails for the leader of a group, such as a shell's job: the new process is in no session of
    // its own then, and a second try there succeeds.
    let hasSession = setsid() >= 0
    let child = swift_device_mapper_fork()
    guard child >= 0 else { throw Errno(rawValue: errno) }
    if child > 0 {
      farewell(child)
      _exit(0)
    }
    if !hasSession { setsid() }
    _ = unsafe chdir("/")
  }
}

/// Keeps signals that end the process away while it works, so that no update is cut in half.
///
/// They do what they always do, but only during a wait: the process needs no handler and ends with
/// the status that everybody expects.
struct SignalGate {
  private var whileWaiting = sigset_t()

  init() {
    // Somebody who read the output may be gone.
    signal(SIGPIPE, SIG_IGN)
    var blocked = sigset_t()
    unsafe sigemptyset(&blocked)
    for number in [SIGTERM, SIGINT, SIGHUP, SIGQUIT] { unsafe sigaddset(&blocked, number) }
    unsafe sigprocmask(SIG_BLOCK, &blocked, &whileWaiting)
    for number in [SIGTERM, SIGINT, SIGHUP, SIGQUIT] { unsafe sigdelset(&whileWaiting, number) }
  }

  /// Waits for a time or until `descriptor` is readable.
  func wait(_ duration: Duration, or descriptor: FileDescriptor?) {
    let (seconds, attoseconds) = duration.components
    var timeout = timespec(
      tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    var mask = whileWaiting
    var watched = pollfd(fd: descriptor?.rawValue ?? -1, events: Int16(POLLIN), revents: 0)
    _ = unsafe ppoll(&watched, 1, &timeout, &mask)
  }
}
