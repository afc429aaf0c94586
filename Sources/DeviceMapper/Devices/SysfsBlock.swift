import DeviceMapperTargets
import Glibc
import SystemPackage

/// A block device in `/sys/dev/block`.
struct SysfsBlock {
  private let path: FilePath
  /// The kernel's name for the device.
  let name: String

  init?(_ device: Device) {
    let path = FilePath("/sys/dev/block/\(device)")
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe path.withPlatformString { path in
        guard let start = buffer.baseAddress else { return -1 }
        return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), buffer.count)
      }
    }
    guard count > 0,
      let name = FilePath(String(decoding: buffer[..<count], as: UTF8.self))
        .lastComponent
    else { return nil }
    self.path = path
    self.name = name.string
  }

  /// The node that the kernel makes for the device.
  var node: FilePath {
    // A slash in a name can't be one in a name of a folder.
    FilePath("/dev/" + String(name.map { $0 == "!" ? "/" : $0 }))
  }

  /// The disk of which this is a partition.
  var disk: Device? {
    let isPartition = unsafe path.appending("partition").withPlatformString {
      unsafe access($0, F_OK) == 0
    }
    return isPartition ? Self.number(path.appending("../dev")) : nil
  }

  /// The devices of one of the two folders of links: `holders`, `slaves`.
  func devices(in folder: String) -> [Device] {
    let path = path.appending(folder)
    guard let stream = unsafe path.withPlatformString({ unsafe opendir($0) }) else { return [] }
    defer { unsafe closedir(stream) }
    var devices: [Device] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix(".") { continue }
      if let device = Self.number(path.appending(name).appending("dev")) { devices.append(device) }
    }
    return devices
  }

  /// The device number in a file.
  private static func number(_ path: FilePath) -> Device? {
    var text = [UInt8](repeating: 0, count: 32)
    guard let file = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec]) else {
      return nil
    }
    let count = try? file.closeAfter {
      try unsafe text.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
    }
    guard let count, count > 1 else { return nil }
    return Device(bytes: text.span.extracting(first: count - 1))
  }
}
