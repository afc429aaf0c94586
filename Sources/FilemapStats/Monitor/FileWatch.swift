import CDeviceMapper
import Glibc
import SystemPackage

/// The kernel's announcements about one file: `inotify(7)`.
///
/// Where the kernel is short of the means, there is a queue into which nothing comes.
struct FileWatch: ~Copyable {
  private let queue: CInt
  private let failure: Errno?
  private var watch: CInt = -1

  /// Opens a queue that waits for nothing yet.
  init() {
    queue = inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
    failure = queue < 0 ? Errno(rawValue: errno) : nil
  }

  deinit { if queue >= 0 { close(queue) } }

  /// Becomes readable when something has been announced.
  var descriptor: FileDescriptor { FileDescriptor(rawValue: queue) }

  /// Watches a file, and no longer the one before it.
  ///
  /// Changes of the data, and of the number of names, which is how unlinking and replacing show.
  mutating func watch(_ file: FileDescriptor) throws(Errno) {
    if let failure { throw failure }
    let old = watch
    let mask = UInt32(IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)
    let path = file.kernelPath
    let new = unsafe path.withPlatformString {
      unsafe inotify_add_watch(queue, $0, mask)
    }
    guard new >= 0 else { throw Errno(rawValue: errno) }
    if old >= 0, old != new { inotify_rm_watch(queue, old) }
    watch = new
  }

  /// Takes everything that has been announced, and tells whether there was anything.
  func drain() -> Bool {
    if queue < 0 { return false }
    var hasEvents = false
    return unsafe withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
      while true {
        let count = unsafe Glibc.read(queue, buffer.baseAddress, buffer.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return hasEvents }
        hasEvents = true
      }
    }
  }
}
