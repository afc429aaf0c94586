public import DeviceMapper
public import DeviceMapperTargets
import Glibc
public import SystemPackage

/// Where a file lies on the device-mapper device that holds its file system.
public struct FileExtents: Hashable, Sendable {
  /// The device.
  public var device: Device
  /// The extents in the order of the file.
  public var extents: [Extent]
  /// The end of the file, rounded up to a block.
  ///
  /// Blocks behind it are set aside for a file that grows.
  public var end: Sectors
  /// Whether parts of the file have no place on the device yet.
  public var hasUnplacedData: Bool
}

extension FileExtents {
  /// Asks the file system where a file lies: `FS_IOC_FIEMAP`.
  ///
  /// - Parameters:
  ///   - dm: A context.
  ///   - file: A file open for reading.
  ///   - flushing: Whether data in memory is first written, so that all of it has a place.
  /// - Throws: ``StatsError`` with ``StatsError/Code/notRegularFile``,
  ///   ``StatsError/Code/notDeviceMapper``, ``StatsError/Code/noPhysicalExtents``,
  ///   ``StatsError/Code/notPlainData`` or ``StatsError/Code/file``.
  public init(_ dm: DM, of file: FileDescriptor, flushing: Bool = true) throws(StatsError) {
    let status = try FileStatus(of: file)
    let fileSystem = try FileSystem(of: file)
    self.init(
      device: try Self.checkedDevice(dm, of: file, status, fileSystem), extents: [], end: 0,
      hasUnplacedData: false)
    try read(file, status, fileSystem, flushing: flushing)
  }

  /// The device that holds a file, after a look at the kind of file and file system.
  static func checkedDevice(_ dm: DM, of file: FileDescriptor) throws(StatsError) -> Device {
    try checkedDevice(dm, of: file, FileStatus(of: file), FileSystem(of: file))
  }

  private static func checkedDevice(
    _ dm: DM, of file: FileDescriptor, _ status: FileStatus, _ fileSystem: FileSystem
  ) throws(StatsError) -> Device {
    guard status.isRegularFile else { throw StatsError(.notRegularFile) }
    try fileSystem.check(file)
    let info: DeviceInfo
    do { info = try dm.deviceInfo(.device(status.device)) } catch {
      // The kernel has none of its own devices under this number.
      guard error.errno == .noSuchAddressOrDevice else {
        throw StatsError(.refused, device: .device(status.device), context: .device(error))
      }
      throw StatsError(.notDeviceMapper, device: .device(status.device))
    }
    return info.device ?? status.device
  }

  /// Reads the extents anew; the file must be the one for which this value was made, or another of
  /// its file system.
  mutating func read(_ file: FileDescriptor, flushing: Bool) throws(StatsError) {
    try read(file, FileStatus(of: file), FileSystem(of: file), flushing: flushing)
  }

  private mutating func read(
    _ file: FileDescriptor, _ status: FileStatus, _ fileSystem: FileSystem, flushing: Bool
  ) throws(StatsError) {
    extents.removeAll(keepingCapacity: true)
    hasUnplacedData = false
    let blockSize = fileSystem.blockSize
    end = Sectors(rawValue: (status.size + blockSize - 1) / blockSize * blockSize / 512)
    try FiemapReader.read(file, flushing: flushing) { (extent) throws(StatsError) in
      if !extent.flags.isDisjoint(with: [.unknown, .delayedAllocation]) {
        hasUnplacedData = true
      } else {
        extents.append(extent)
      }
    }
  }
}

/// What `fstat` says of a file.
struct FileStatus: Hashable, Sendable {
  let device: Device
  let inode: UInt64
  let isRegularFile: Bool
  let linkCount: UInt64
  let size: UInt64
  let blocks: UInt64
  let modified: Time
  let changed: Time

  /// Seconds and nanoseconds since 1970.
  struct Time: Hashable, Sendable {
    var seconds: Int
    var nanoseconds: Int
  }

  init(of file: FileDescriptor) throws(StatsError) {
    var status = stat()
    guard unsafe fstat(file.rawValue, &status) == 0 else {
      throw StatsError(.file, errno: Errno(rawValue: errno))
    }
    self.init(status)
  }

  /// Looks up a path, or returns `nil` where there is nothing.
  init?(at path: FilePath) {
    var status = stat()
    let found = unsafe path.withPlatformString { unsafe stat($0, &status) }
    guard found == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    device = Device(deviceNumber: UInt64(status.st_dev))
    inode = UInt64(status.st_ino)
    isRegularFile = status.st_mode & S_IFMT == S_IFREG
    linkCount = UInt64(status.st_nlink)
    size = UInt64(clamping: status.st_size)
    blocks = UInt64(clamping: status.st_blocks)
    modified = Time(status.st_mtim)
    changed = Time(status.st_ctim)
  }

  /// Whether the file was changed so shortly ago that another change may have the same time.
  var isFresh: Bool {
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    let age =
      Duration.seconds(now.tv_sec - changed.seconds)
      + .nanoseconds(now.tv_nsec - changed.nanoseconds)
    return age < .milliseconds(50) && age > .seconds(-1)
  }

  /// Whether both are of one file.
  func isSameFile(as other: FileStatus) -> Bool { device == other.device && inode == other.inode }
}

extension FileStatus.Time {
  fileprivate init(_ time: timespec) { self.init(seconds: time.tv_sec, nanoseconds: time.tv_nsec) }
}
