import CDeviceMapper
import Glibc
import SystemPackage

/// The file system that holds a file, as far as it matters where the file lies.
struct FileSystem: Hashable, Sendable {
  let kind: UInt32
  let blockSize: UInt64
  /// A file of it: a file is on the same file system for ever.
  private let file: FileStatus.Identity?

  /// Asks for the file system of a file, unless it is `known` for this one.
  init(
    of file: FileDescriptor, _ fileStatus: FileStatus, known: FileSystem? = nil
  ) throws(StatsError) {
    if let known, let identity = fileStatus.identity, identity == known.file {
      self = known
      return
    }
    self.file = fileStatus.identity
    var status = statfs()
    guard unsafe fstatfs(file.rawValue, &status) == 0 else {
      throw StatsError(.file, errno: Errno(rawValue: errno))
    }
    kind = UInt32(truncatingIfNeeded: status.f_type)
    blockSize = UInt64(clamping: max(512, status.f_bsize))
  }

  /// The file systems whose extents are no places on the device that the file says it is on.
  private var nameWithoutPhysicalExtents: String? {
    switch kind {
    case 0x9123_683e: "btrfs"
    case 0xca45_1a4e: "bcachefs"
    case 0x2fc1_2fc1: "zfs"
    case 0x794c_7630: "overlay"
    default: nil
    }
  }

  /// Whether the data of all files that ``check(_:)`` lets pass lies on the device that they say they
  /// are on.
  var hasOneDevice: Bool {
    let ext4: UInt32 = 0xef53
    return kind == ext4 || kind == Self.xfs
  }

  private static let xfs: UInt32 = 0x5846_5342

  /// Makes sure that the extents of `file` will be places on its device.
  func check(_ file: FileDescriptor) throws(StatsError) {
    if let name = nameWithoutPhysicalExtents {
      throw StatsError(.noPhysicalExtents, context: .fileSystem(name))
    }
    guard kind == Self.xfs else { return }
    var attributes = fsxattr()
    // A file of the real-time section lies on another device than the file system says.
    if unsafe ioctl(file.rawValue, Self.getAttributes, &attributes) == 0,
      attributes.fsx_xflags & UInt32(FS_XFLAG_REALTIME) != 0
    {
      throw StatsError(.noPhysicalExtents, context: .fileSystem("real-time section of xfs"))
    }
  }

  /// `FS_IOC_FSGETXATTR`: `_IOR('X', 31, struct fsxattr)`.
  private static let getAttributes =
    2 << 30 as UInt | UInt(MemoryLayout<fsxattr>.size) << 16 | 0x58 << 8 | 31
}
