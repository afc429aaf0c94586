import Glibc
import SystemPackage
import TestSupport

/// A file of a test, closed when the test is done with it.
final class TestFile {
  /// `O_DIRECT` on x86-64, the sandbox's processor; the C library shows it to GNU programs only.
  private static let direct: CInt = 0o40000

  let path: FilePath
  let descriptor: FileDescriptor

  init(_ path: FilePath, direct: Bool = false) throws {
    self.path = path
    descriptor = try FileDescriptor(
      rawValue: Errno.check(
        unsafe path.withPlatformString {
          unsafe open($0, O_RDWR | O_CREAT | O_CLOEXEC | (direct ? Self.direct : 0), 0o644)
        }))
  }

  deinit { try? descriptor.close() }

  /// Writes `count` bytes at an offset.
  func write(at offset: Int, count: Int, byte: UInt8 = 0x5a) throws {
    try unsafe withBuffer(count, byte) { buffer in
      var done = 0
      while done < count {
        done += try unsafe descriptor.write(
          toAbsoluteOffset: Int64(offset + done), UnsafeRawBufferPointer(rebasing: buffer[done...]))
      }
    }
  }

  /// Reads `count` bytes at an offset.
  func read(at offset: Int, count: Int) throws {
    try unsafe withBuffer(count, 0) { buffer in
      _ = try unsafe descriptor.read(fromAbsoluteOffset: Int64(offset), into: buffer)
    }
  }

  /// Direct I/O needs aligned memory.
  private func withBuffer(
    _ count: Int, _ byte: UInt8, _ body: (UnsafeMutableRawBufferPointer) throws -> Void
  ) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 4096)
    defer { unsafe buffer.deallocate() }
    for index in buffer.indices { unsafe buffer[index] = byte }
    try unsafe body(buffer)
  }

  func sync() throws { try Errno.check(fsync(descriptor.rawValue)) }

  func truncate(to size: Int) throws { try descriptor.resize(to: Int64(size)) }

  func allocate(at offset: Int, count: Int, _ option: String = "--verbose") async throws {
    try await run(
      "fallocate", option, "--offset", "\(offset)", "--length", "\(count)", path.string)
  }

  func punch(at offset: Int, count: Int) async throws {
    try await allocate(at: offset, count: count, "--punch-hole")
  }
}
