import Glibc
import SystemPackage

/// A descriptor that is closed when its owner goes away.
struct OpenFile: ~Copyable, Sendable {
  let descriptor: FileDescriptor

  /// Takes a descriptor over.
  init(owning descriptor: FileDescriptor) { self.descriptor = descriptor }

  /// Opens a file that others have open, by their descriptor: for itself, so that nothing is shared
  /// with them and the descriptor isn't handed on to programs.
  init(reopening other: FileDescriptor) throws(StatsError) {
    if let opened = try? OpenFile(at: other.kernelPath) {
      descriptor = opened.release()
      return
    }
    // Without /proc, or without the permission to open it anew, a duplicate has to do.
    let copy = fcntl(other.rawValue, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw StatsError(.file, errno: Errno(rawValue: errno)) }
    descriptor = FileDescriptor(rawValue: copy)
  }

  /// Opens the file at a path for reading, and never waits, whatever is there.
  init(at path: FilePath) throws(StatsError) {
    do {
      descriptor = try FileDescriptor.open(
        path, .readOnly,
        options: [.closeOnExec, .nonBlocking, FileDescriptor.OpenOptions(rawValue: O_NOCTTY)])
    } catch {
      throw StatsError(.file, errno: error as? Errno, context: .path(path))
    }
  }

  consuming func release() -> FileDescriptor {
    let descriptor = descriptor
    discard self
    return descriptor
  }

  deinit { try? descriptor.close() }
}

extension FileDescriptor {
  /// A path that leads to the open file itself, whatever its name is now.
  var kernelPath: FilePath { FilePath("/proc/self/fd/\(rawValue)") }
}
