/// A device with its table in the format of one line that `dmsetup create --concise` takes and
/// `dmsetup table --concise` prints: `NAME,UUID,MINOR,FLAGS,LINE,LINE;NAME,…`.
///
/// The kernel takes the format too, as `dm-mod.create` on its command line, with other rules; see
/// ``ConciseFormat``. Kernel document: `admin-guide/device-mapper/dm-init.rst`.
public struct ConciseDevice<Content: TargetContent>: Hashable, Sendable, Codable {
  /// The name, as it was written; `dmsetup` mangles names, see ``DmName/unmangled(_:)``.
  public var name: DmName
  /// The uuid, if there is one.
  public var uuid: DmUuid?
  /// The minor number to have; `nil` for any.
  public var minor: UInt32?
  /// Whether the device can't be written.
  public var isReadOnly: Bool
  /// The table; `nil` of a device without one, which is printed and not taken.
  public var table: TargetTable<Content>?

  /// Creates a device from its parts.
  public init(
    name: DmName, uuid: DmUuid? = nil, minor: UInt32? = nil, isReadOnly: Bool = false,
    table: TargetTable<Content>?
  ) {
    self.name = name
    self.uuid = uuid
    self.minor = minor
    self.isReadOnly = isReadOnly
    self.table = table
  }
}

/// Who takes devices in the concise format.
public enum ConciseFormat: Hashable, Sendable, CaseIterable {
  /// `dmsetup create --concise`: a backslash joins the byte behind it to its field; flags may be
  /// empty.
  case dmsetup
  /// `dm-mod.create` (kernel 5.1): no escapes; flags and a table are demanded; blanks at the ends
  /// of fields are dropped; numbers may be hexadecimal or octal; some targets and lengths only.
  case kernel

  /// The most devices that the kernel takes.
  public static let kernelDeviceLimit = 256
  /// The most lines of a table that the kernel takes.
  public static let kernelLineLimit = 256
  /// The most bytes that the kernel takes.
  public static let kernelByteLimit = 4095
  /// The targets that the kernel takes.
  public static let kernelTargets: [TargetType] = [
    .crypt, .delay, .linear, .snapshotOrigin, .striped, .verity,
  ]
}

/// A device that the kernel wouldn't take from its command line.
public enum ConciseError: Error, Hashable, Sendable {
  /// There are more devices than ``ConciseFormat/kernelDeviceLimit``.
  case tooManyDevices
  /// The device at this index has no table.
  case noTable(device: Int)
  /// The table of the device at this index has more lines than ``ConciseFormat/kernelLineLimit``.
  case tooManyLines(device: Int)
  /// The target, in the device at this index, isn't one of ``ConciseFormat/kernelTargets``.
  case target(TargetType, device: Int)
  /// A field of the device at this index holds a comma, semicolon, backslash or newline, or begins
  /// or ends with a blank.
  case unescapable(field: String, device: Int)
  /// The text has more bytes than ``ConciseFormat/kernelByteLimit``.
  case tooLong
}

extension ConciseError: CustomStringConvertible {
  /// The error as a sentence; devices are counted from 0.
  public var description: String {
    switch self {
    case .tooManyDevices: "the kernel takes at most 256 devices"
    case .noTable(let device): "device \(device) has no table"
    case .tooManyLines(let device): "device \(device) has more than 256 lines"
    case .target(let type, let device):
      "device \(device): the kernel takes no \(type) target on its command line"
    case .unescapable(let field, let device):
      "device \(device): the \(field) holds what the kernel's format has no way to write"
    case .tooLong: "the kernel takes at most 4095 bytes"
    }
  }
}
