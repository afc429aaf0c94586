import CLibDeviceMapper
import Glibc
import SystemPackage

/// A file whose every other block is a hole.
final class ExtentFile {
  static let block = 4096

  let path: FilePath
  let descriptor: FileDescriptor
  /// The number of the device that holds the file system.
  let device: UInt64
  private var extents = 0

  init(_ path: FilePath) throws {
    self.path = path
    descriptor = try FileDescriptor.open(
      path, .readWrite, options: [.create], permissions: .ownerReadWrite)
    var status = stat()
    guard fstat(descriptor.rawValue, &status) == 0 else { throw Failed("fstat") }
    device = UInt64(status.st_dev)
  }

  func setUp(extents count: Int) throws {
    try descriptor.resize(to: 0)
    // One more, which comes and goes.
    try allocate(at: 0, count: 2 * count + 2)
    for index in 0...count { try punch(at: 2 * index + 1) }
    extents = count
    try removeExtent()
  }

  func addExtent() throws { try allocate(at: 2 * extents, count: 1) }

  func removeExtent() throws { try punch(at: 2 * extents) }

  private func allocate(at index: Int, count: Int) throws {
    guard
      fallocate(
        descriptor.rawValue, 0, index * Self.block, count * Self.block) == 0
    else { throw Failed("fallocate", Errno(rawValue: errno)) }
    fsync(descriptor.rawValue)
  }

  private func punch(at index: Int) throws {
    let mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE
    guard
      fallocate(descriptor.rawValue, CInt(mode), index * Self.block, Self.block) == 0
    else { throw Failed("fallocate", Errno(rawValue: errno)) }
  }
}
