public import DeviceMapperTargets
import Glibc
public import SystemPackage

/// The number of the block device at a path.
///
/// - Returns: `nil` if there is nothing at the path, or something other than a block device.
/// - Throws: ``DmError`` with ``DmError/Code/notBlockDevice`` if the path can't be looked up.
public func devnodeToDevno(_ path: FilePath) throws(DmError) -> Device? {
  var status = stat()
  let result = unsafe path.withPlatformString { unsafe stat($0, &status) }
  guard result == 0 else {
    let error = Errno(rawValue: errno)
    if error == .noSuchFileOrDirectory || error == .notDirectory { return nil }
    throw DmError(.notBlockDevice, errno: error, context: .path(path))
  }
  guard status.st_mode & S_IFMT == S_IFBLK else { return nil }
  return Device(deviceNumber: UInt64(status.st_rdev))
}

extension Device {
  /// The node that the kernel makes for a device-mapper device with this number: `/dev/dm-MINOR`.
  public var devnode: FilePath { FilePath("/dev/dm-\(minor)") }

  /// The size of the block device with this number, from `/sys/dev/block/MAJOR:MINOR/size`.
  ///
  /// - Throws: ``DeviceMapper/DmError`` with ``DeviceMapper/DmError/Code/notBlockDevice`` if there
  ///   is no such device.
  public func size() throws(DmError) -> Sectors {
    let path = FilePath("/sys/dev/block/\(self)/size")
    var text = [UInt8](repeating: 0, count: 32)
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
      let count = try file.closeAfter {
        try unsafe text.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
      }
      text.removeLast(text.count - count)
      var fields = FieldScanner(text.span)
      return try fields.quantity("size")
    } catch {
      throw DmError(
        .notBlockDevice, device: .device(self), errno: error as? Errno, context: .path(path))
    }
  }
}

extension DeviceReference {
  /// The number of the device, looked up if this is a path.
  ///
  /// - Throws: ``DeviceMapper/DmError`` with ``DeviceMapper/DmError/Code/notBlockDevice`` if there
  ///   is no block device there.
  public func resolved() throws(DmError) -> Device {
    switch self {
    case .number(let device): return device
    case .path(let path):
      let file = FilePath(path)
      guard let device = try devnodeToDevno(file) else {
        throw DmError(.notBlockDevice, context: .path(file))
      }
      return device
    }
  }
}

extension FilePath {
  /// The path of a device node, byte for byte.
  public init(_ path: DevicePath) {
    var bytes: [CInterop.PlatformChar] = []
    let span = path.bytes
    for index in span.indices { bytes.append(CInterop.PlatformChar(bitPattern: span[index])) }
    bytes.append(0)
    self = unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return FilePath() }
      return unsafe FilePath(platformString: start)
    }
  }
}
