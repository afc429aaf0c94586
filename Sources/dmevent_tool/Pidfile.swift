import Glibc
import SystemPackage

/// A file with the process's number, locked as long as the process lives.
///
/// The lock tells whether a process is there, whatever the file says: one that was killed leaves the
/// file behind and no lock, and the next one takes the file over.
final class Pidfile {
  private let path: FilePath
  private let file: FileDescriptor

  /// Takes the file, or fails if another process holds it.
  init(_ path: FilePath) throws(Failure) {
    self.path = path
    while true {
      let file = try Self.open(path)
      do throws(Failure) {
        try Self.lock(file, path)
        // Whoever held it before may have removed it after it was opened here.
        if Self.identity(file) == Self.identity(path) {
          try Self.write(file, path)
          self.file = file
          return
        }
        try? file.close()
      } catch {
        try? file.close()
        throw error
      }
    }
  }

  deinit { try? file.close() }

  /// Removes the file while it is still locked.
  func remove() { _ = unsafe path.withPlatformString { unsafe unlink($0) } }

  private static func open(_ path: FilePath) throws(Failure) -> FileDescriptor {
    do {
      return try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec, .noFollow],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw Failure("pidfile \(path): \(error)")
    }
  }

  private static func lock(_ file: FileDescriptor, _ path: FilePath) throws(Failure) {
    if flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 { return }
    let error = Errno(rawValue: errno)
    guard error == .wouldBlock else { throw Failure("pidfile \(path): \(error)") }
    let number = (try? content(file)).flatMap { Int($0) }
    throw Failure(
      "pidfile \(path): another process\(number.map { ", \($0)," } ?? "") is running with it")
  }

  private static func write(_ file: FileDescriptor, _ path: FilePath) throws(Failure) {
    do {
      // A slip of the hand must not cost a file that is no pidfile.
      guard let old = try content(file), old.isEmpty || Int(old) != nil else {
        throw Failure("pidfile \(path): there is a file that is no pidfile")
      }
      let text = "\(getpid())\n"
      guard ftruncate(file.rawValue, 0) == 0 else { throw Errno(rawValue: errno) }
      try file.writeAll(toAbsoluteOffset: 0, text.utf8)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure("pidfile \(path): \(error)")
    }
  }

  /// What the file holds, without the newline; `nil` if that is too much for a number.
  private static func content(_ file: FileDescriptor) throws -> String? {
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = try unsafe bytes.withUnsafeMutableBytes {
      try unsafe file.read(fromAbsoluteOffset: 0, into: $0)
    }
    guard count < bytes.count else { return nil }
    let text = String(decoding: bytes[..<count], as: UTF8.self)
    return text.last == "\n" ? String(text.dropLast()) : text
  }

  private struct Identity: Equatable {
    var device: dev_t
    var inode: ino_t
  }

  private static func identity(_ file: FileDescriptor) -> Identity? {
    var status = stat()
    guard unsafe fstat(file.rawValue, &status) == 0 else { return nil }
    return Identity(device: status.st_dev, inode: status.st_ino)
  }

  private static func identity(_ path: FilePath) -> Identity? {
    var status = stat()
    guard unsafe path.withPlatformString({ unsafe stat($0, &status) }) == 0 else { return nil }
    return Identity(device: status.st_dev, inode: status.st_ino)
  }
}
