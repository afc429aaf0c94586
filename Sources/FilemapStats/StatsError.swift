public import DeviceMapper
public import DeviceMapperTargets
public import SystemPackage

/// A failed operation on statistics: what kind of failure, of which device, region or group, and
/// why.
///
/// Codes may be added with any version. The text is derived from the fields.
public struct StatsError: Error, Hashable, Sendable {
  /// What kind of failure it is.
  public var code: Code
  /// The device that the operation was about.
  public var device: DevId?
  /// The region that the operation was about.
  public var region: RegionId?
  /// The group that the operation was about.
  public var group: GroupId?
  /// The reason of a system call on a file.
  public var errno: Errno?
  /// More about the failure, if there is more.
  public var context: Context?

  init(
    _ code: Code, device: DevId? = nil, region: RegionId? = nil, group: GroupId? = nil,
    errno: Errno? = nil, context: Context? = nil
  ) {
    self.code = code
    self.device = device
    self.region = region
    self.group = group
    self.errno = errno
    self.context = context
  }
}

extension StatsError {
  /// A kind of failure.
  public struct Code: Hashable, Sendable {
    /// The failure in words.
    public let description: String

    /// The kernel refused a message, or can't be reached.
    public static let refused = Code("message failed")
    /// The kernel's reply isn't what its grammar says.
    public static let unreadableReply = Code("unreadable reply")
    /// The running kernel doesn't have the option.
    public static let unsupported = Code("not supported by this kernel")
    /// There is no such region.
    public static let noRegion = Code("no such region")
    /// There is no such group.
    public static let noGroup = Code("no such group")
    /// Somebody else deletes regions of the group.
    public static let groupChanged = Code("group is being changed by somebody else")
    /// A group needs a region at least.
    public static let noMembers = Code("a group needs a member")
    /// A region can't be in two groups.
    public static let alreadyGrouped = Code("region is in a group already")
    /// The regions of a group need one set of histogram bounds.
    public static let differentBounds = Code("histogram bounds differ from the group's")
    /// The convention can't carry this name of a group.
    public static let invalidAlias = Code("a group can't have this name")
    /// A list of regions can't carry this user data.
    public static let invalidUserData = Code("a region can't have this user data")
    /// Text isn't a list of histogram bounds.
    public static let invalidBounds = Code("no histogram bounds")
    /// A system call on the file failed.
    public static let file = Code("file can't be examined")
    /// The file isn't a regular one.
    public static let notRegularFile = Code("not a regular file")
    /// The file's file system isn't on a device-mapper device.
    public static let notDeviceMapper = Code("file system is not on a device-mapper device")
    /// The file system doesn't say where on the device a file is.
    public static let noPhysicalExtents = Code("file system has no physical extents")
    /// The file's data lies beside other data in one block, or is compressed.
    public static let notPlainData = Code("file's data is not stored in blocks of its own")
    /// The file has no blocks on the device.
    public static let noExtents = Code("file has no extents")
    /// The file has more extents than there may be regions.
    public static let tooManyRegions = Code("file needs more regions than allowed")
    /// A daemon can't be started.
    public static let notStarted = Code("dmfilemapd can't be started")
    /// An argument is out of its range.
    public static let invalidArgument = Code("invalid argument")

    init(_ description: String) { self.description = description }
  }

  /// More about a failure.
  public enum Context: Hashable, Sendable {
    /// The failure of the message.
    case device(DmError)
    /// The field of a reply that can't be read.
    case text(ParseError)
    /// The byte that can't be.
    case byte(UInt8, offset: Int)
    /// There is no text.
    case empty
    /// What the text should be from an offset on.
    case expected(String, offset: Int)
    /// The file system.
    case fileSystem(String)
    /// The kind of extent.
    case extent(String)
    /// The path of a file.
    case path(FilePath)
    /// The number that there would be, and the limit.
    case count(Int, limit: Int)
    /// The status with which the daemon's first process ended.
    case status(Int32)
    /// The name of the argument.
    case argument(String)
  }
}

extension StatsError.Code: CustomStringConvertible {}

extension StatsError: CustomStringConvertible {
  /// The error as a sentence, for example `253:2: region 7: no such region`.
  public var description: String {
    var parts: [String] = []
    if let device { parts.append("\(device)") }
    if let group { parts.append("group \(group)") }
    if let region { parts.append("region \(region)") }
    parts.append(code.description)
    if let errno { parts.append("\(errno)") }
    if let context { parts.append("\(context)") }
    return parts.joined(separator: ": ")
  }
}

extension StatsError.Context: CustomStringConvertible {
  /// The context in words.
  public var description: String {
    switch self {
    case .device(let error): "\(error)"
    case .text(let error): "\(error)"
    case .byte(let byte, let offset):
      switch byte {
      case 0: "NUL at byte \(offset)"
      case UInt8(ascii: "\n"): "line break at byte \(offset)"
      case 0x20..<0x7f: "\"\(Character(Unicode.Scalar(byte)))\" at byte \(offset)"
      default: "byte \(byte) at byte \(offset)"
      }
    case .empty: "the text is empty"
    case .expected(let what, let offset): "expected \(what) at byte \(offset)"
    case .fileSystem(let name): name
    case .extent(let kind): kind
    case .path(let path): "\(path)"
    case .count(let count, let limit): "\(count), and the limit is \(limit)"
    case .status(let status): "it ended with status \(status)"
    case .argument(let name): name
    }
  }
}
