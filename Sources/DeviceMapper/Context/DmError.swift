public import DeviceMapperTargets
public import SystemPackage

/// A failed operation: what was tried, on which device, and why it failed.
///
/// Codes may be added with any version. The text is derived from the fields and never holds the
/// parameters of a table, which may be keys.
public struct DmError: Error, Hashable, Sendable {
  /// What kind of failure it is.
  public var code: Code
  /// The command that failed, if the failure is one of the kernel's interface.
  public var command: DmCommand?
  /// The device that the operation was about.
  public var device: DevId?
  /// The kernel's or the C library's reason.
  public var errno: Errno?
  /// More about the failure, if there is more.
  public var context: Context?
  /// What the operation had done before it failed and could not be undone.
  public var notUndone: [Leftover]

  init(
    _ code: Code, command: DmCommand? = nil, device: DevId? = nil, errno: Errno? = nil,
    context: Context? = nil, notUndone: [Leftover] = []
  ) {
    self.code = code
    self.command = command
    self.device = device
    self.errno = errno
    self.context = context
    self.notUndone = notUndone
  }
}

extension DmError {
  /// A kind of failure.
  public struct Code: Hashable, Sendable {
    let text: StaticStringKey

    /// The control device can't be opened: no device-mapper in the kernel, or no permission.
    public static let noContext = Code("can't open the control device")
    /// The kernel refused a command; see ``DmError/errno``.
    public static let refused = Code("refused")
    /// The running kernel doesn't have the command or option.
    public static let unsupported = Code("not supported by this kernel")
    /// An option isn't one that the command takes.
    public static let invalidOption = Code("option not taken by this command")
    /// A value can't be sent: a device number out of range, a text with a NUL.
    public static let invalidArgument = Code("invalid argument")
    /// The kernel's reply can't be decoded.
    public static let unreadableReply = Code("unreadable reply")
    /// The reply is larger than a reply can be, or larger than the one attempt of a message had room for.
    public static let replyTooLarge = Code("reply too large")
    /// A line's text isn't what its target's grammar says.
    public static let unreadableText = Code("unreadable text")
    /// Lines form no table.
    public static let invalidTable = Code("invalid table")
    /// A device of this name or uuid exists already.
    public static let exists = Code("device exists")
    /// A device is open by somebody else.
    public static let inUse = Code("device in use")
    /// A device that was to be adopted isn't what was described.
    public static let mismatch = Code("device differs from its description")
    /// An array waits for what it can't reach, because a leg has failed.
    public static let degraded = Code("degraded")
    /// The wait was cancelled.
    public static let cancelled = Code("cancelled")
    /// The operation was carried out and udev didn't announce its end in time.
    public static let udevTimeout = Code("udev didn't finish in time")
    /// libdevmapper couldn't make or remove a semaphore or a node.
    public static let udev = Code("libdevmapper failed")
    /// The parameters break a rule of the target.
    public static let invalidParameters = Code("invalid parameters")
    /// A device doesn't begin as one that was formatted for the target does.
    public static let notFormatted = Code("not formatted")
    /// A file isn't the block device that it should be.
    public static let notBlockDevice = Code("not a block device")

    init(_ text: StaticString) { self.text = StaticStringKey(text) }
  }

  /// More about a failure.
  public enum Context: Hashable, Sendable {
    /// The path that can't be opened or isn't a block device.
    case path(FilePath)
    /// The options that the command doesn't take.
    case flags(DmFlags)
    /// The interface version that the command needs, and the kernel's.
    case version(needed: InterfaceVersion, running: InterfaceVersion)
    /// The field of the reply that can't be decoded.
    case reply(ReplyError)
    /// The field of the text that can't be read.
    case text(ParseError)
    /// The rule that the lines break.
    case table(TableError)
    /// The rule that the parameters break.
    case parameters(ParameterError)
    /// The table that was described, and the one that the kernel has, both with zeros in the place of
    /// keys: tables that show no difference differ in a key.
    case tables(described: [TargetLine<VerbatimTarget>], found: [TargetLine<VerbatimTarget>])
    /// The uuid that was described, and the one that the kernel has.
    case uuids(described: DmUuid?, found: DmUuid?)
    /// What libdevmapper logged.
    case library(String)
  }

  /// A step that could not be undone.
  public indirect enum Leftover: Hashable, Sendable {
    /// A device exists that the operation created.
    case device(DmName, DmError)
    /// A thin device exists in a pool that the operation created.
    case thinDevice(ThinDevId, pool: DmName, DmError)
    /// A device is suspended that the operation suspended.
    case suspended(DmName, DmError)
    /// A table is loaded that the operation loaded.
    case inactiveTable(DmName, DmError)
    /// A device is gone that the operation removed.
    case removed(DmName, DmError)
    /// A device has the table that the operation gave it.
    case replacedTable(DmName, DmError)
    /// A cache is left with the policy `cleaner`.
    case policy(DmName, DmError)
  }
}

/// Makes a static string comparable, so that a code can be its own text.
struct StaticStringKey: Hashable, Sendable {
  let string: StaticString
  init(_ string: StaticString) { self.string = string }
  static func == (left: Self, right: Self) -> Bool {
    left.string.description == right.string.description
  }
  func hash(into hasher: inout Hasher) { hasher.combine(string.description) }
}
