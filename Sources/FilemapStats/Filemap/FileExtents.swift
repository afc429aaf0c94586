import CDeviceMapper
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
  /// The file system, which the file is on for as long as there is the file.
  var fileSystem: FileSystem?
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
    let fileSystem = try FileSystem(of: file, status)
    self.init(
      device: try Self.checkedDevice(dm, of: file, status, fileSystem), extents: [], end: 0,
      hasUnplacedData: false, fileSystem: fileSystem)
    try read(file, status, fileSystem, flushing: flushing)
  }

  /// Asks the file system where a file lies that should be on a device, which isn't asked whether it
  /// is one of device-mapper's.
  ///
  /// - Parameter known: The file system of the file that was looked at last, most likely the same.
  init(
    _ file: FileDescriptor, on device: Device, known: FileSystem?
  ) throws(StatsError) {
    let status = try FileStatus(of: file)
    let fileSystem = try FileSystem(of: file, status, known: known)
    guard status.isRegularFile else { throw StatsError(.notRegularFile) }
    try fileSystem.check(file)
    guard status.device == device else {
      throw StatsError(.notDeviceMapper, device: .device(status.device))
    }
    self.init(
      device: device, extents: [], end: 0, hasUnplacedData: false, fileSystem: fileSystem)
    try read(file, status, fileSystem, flushing: true)
  }

  /// The device that holds a file, after a look at the kind of file and file system.
  static func checkedDevice(_ dm: DM, of file: FileDescriptor) throws(StatsError) -> Device {
    let status = try FileStatus(of: file)
    return try checkedDevice(dm, of: file, status, FileSystem(of: file, status))
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
    let status = try FileStatus(of: file)
    try read(
      file, status, FileSystem(of: file, status, known: fileSystem), flushing: flushing)
  }

  private mutating func read(
    _ file: FileDescriptor, _ status: FileStatus, _ fileSystem: FileSystem, flushing: Bool
  ) throws(StatsError) {
    extents.removeAll(keepingCapacity: true)
    hasUnplacedData = false
    let blockSize = fileSystem.blockSize
    end = Sectors(rawValue: (status.size + blockSize - 1) / blockSize * blockSize / 512)
    self.fileSystem = fileSystem
    try FiemapReader.read(file, flushing: flushing) { count in
      if extents.isEmpty { extents.reserveCapacity(count) }
    } _: { (extent) throws(StatsError) in
      if !extent.flags.isDisjoint(with: [.unknown, .delayedAllocation]) {
        hasUnplacedData = true
      } else {
        extents.append(extent)
      }
    }
  }
}

/// What `statx` says of a file.
struct FileStatus: Hashable, Sendable {
  let device: Device
  let inode: UInt64
  let isRegularFile: Bool
  let linkCount: UInt64
  let size: UInt64
  let blocks: UInt64
  let modified: Time
  let changed: Time
  /// When the file was created; `nil` where the file system doesn't know.
  let created: Time?

  /// Seconds and nanoseconds since 1970.
  struct Time: Hashable, Sendable {
    var seconds: Int
    var nanoseconds: Int
  }

  /// A file among all there ever were: a number is used again, and with another time.
  struct Identity: Hashable, Sendable {
    let device: Device
    let inode: UInt64
    let created: Time
  }

  /// Which file it is, as far as that can be told.
  var identity: Identity? {
    created.map { Identity(device: device, inode: inode, created: $0) }
  }

  init(of file: FileDescriptor) throws(StatsError) {
    var status = statx()
    let found = unsafe statx(file.rawValue, "", Self.emptyPath, Self.mask, &status)
    guard found == 0 else { throw StatsError(.file, errno: Errno(rawValue: errno)) }
    self.init(status)
  }

  /// Looks up a path, or returns `nil` where there is nothing.
  init?(at path: FilePath) {
    var status = statx()
    let found = unsafe path.withPlatformString { path in
      unsafe statx(AT_FDCWD, path, 0, Self.mask, &status)
    }
    guard found == 0 else { return nil }
    self.init(status)
  }

  /// `AT_EMPTY_PATH`: the descriptor itself.
  private static let emptyPath: CInt = 0x1000
  private static let mask = UInt32(STATX_BASIC_STATS | STATX_BTIME)

  private init(_ status: statx) {
    device = Device(major: status.stx_dev_major, minor: status.stx_dev_minor)
    inode = status.stx_ino
    isRegularFile = mode_t(status.stx_mode) & S_IFMT == S_IFREG
    linkCount = UInt64(status.stx_nlink)
    size = status.stx_size
    blocks = status.stx_blocks
    modified = Time(status.stx_mtime)
    changed = Time(status.stx_ctime)
    created = status.stx_mask & UInt32(STATX_BTIME) == 0 ? nil : Time(status.stx_btime)
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
  fileprivate init(_ time: statx_timestamp) {
    self.init(seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec))
  }
}
