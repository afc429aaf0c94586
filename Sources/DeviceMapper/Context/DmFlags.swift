/// The flags of a request and of its reply: `flags` in `struct dm_ioctl`, `DM_…_FLAG`.
public struct DmFlags: OptionSet, Hashable, Sendable, Codable {
  /// The bits.
  public let rawValue: UInt32

  /// Creates a set of the bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The device is, or is to be, read only.
  public static let readOnly = DmFlags(rawValue: 1 << 0)
  /// In, suspend instead of resume; out, the device is suspended.
  public static let suspend = DmFlags(rawValue: 1 << 1)
  /// The device gets the minor number of the request.
  public static let persistentDevice = DmFlags(rawValue: 1 << 3)
  /// Report the table instead of the status.
  public static let statusTable = DmFlags(rawValue: 1 << 4)
  /// Out: there is an active table.
  public static let activePresent = DmFlags(rawValue: 1 << 5)
  /// Out: a table is loaded and waits for a resume.
  public static let inactivePresent = DmFlags(rawValue: 1 << 6)
  /// Out: the reply didn't fit.
  public static let bufferFull = DmFlags(rawValue: 1 << 8)
  /// Obsolete; the kernel ignores it.
  public static let skipBlockDeviceGet = DmFlags(rawValue: 1 << 9)
  /// Suspend without freezing the file system on the device.
  public static let skipLockFilesystem = DmFlags(rawValue: 1 << 10)
  /// Suspend without waiting for outstanding I/O; report status without a commit of metadata.
  public static let noFlush = DmFlags(rawValue: 1 << 11)
  /// Report on the inactive table instead of the active one.
  public static let queryInactiveTable = DmFlags(rawValue: 1 << 12)
  /// Out: a uevent was sent, whose end udev will announce through the request's cookie.
  public static let ueventGenerated = DmFlags(rawValue: 1 << 13)
  /// With a rename, the new value is a uuid; with a list, report uuids.
  public static let uuid = DmFlags(rawValue: 1 << 14)
  /// The request or its reply holds keys: the kernel wipes its copy.
  public static let secureData = DmFlags(rawValue: 1 << 15)
  /// Out: the message has a reply.
  public static let dataOut = DmFlags(rawValue: 1 << 16)
  /// In, remove the device when its last user closes it; out, it will be.
  public static let deferredRemove = DmFlags(rawValue: 1 << 17)
  /// Out: the kernel has suspended the device by itself.
  public static let internalSuspend = DmFlags(rawValue: 1 << 18)
  /// Report what the kernel measures of the table for IMA (kernel 5.15).
  public static let imaMeasurement = DmFlags(rawValue: 1 << 19)
}

extension DmFlags: CustomStringConvertible {
  private static let names: [(DmFlags, String)] = [
    (.readOnly, "readOnly"), (.suspend, "suspend"), (.persistentDevice, "persistentDevice"),
    (.statusTable, "statusTable"), (.activePresent, "activePresent"),
    (.inactivePresent, "inactivePresent"), (.bufferFull, "bufferFull"),
    (.skipBlockDeviceGet, "skipBlockDeviceGet"), (.skipLockFilesystem, "skipLockFilesystem"),
    (.noFlush, "noFlush"), (.queryInactiveTable, "queryInactiveTable"),
    (.ueventGenerated, "ueventGenerated"), (.uuid, "uuid"), (.secureData, "secureData"),
    (.dataOut, "dataOut"), (.deferredRemove, "deferredRemove"),
    (.internalSuspend, "internalSuspend"), (.imaMeasurement, "imaMeasurement"),
  ]

  /// The names of the flags in brackets; flags without a name as a hexadecimal number.
  public var description: String { Self.describe(self, names: Self.names) }
}

extension OptionSet where RawValue: BinaryInteger, Element == Self {
  static func describe(_ set: Self, names: [(Self, String)]) -> String {
    var words = names.filter { set.contains($0.0) }.map { $0.1 }
    let rest = names.reduce(set) { $0.subtracting($1.0) }
    if !rest.isEmpty { words.append("0x" + String(rest.rawValue, radix: 16)) }
    return "[" + words.joined(separator: ", ") + "]"
  }
}
