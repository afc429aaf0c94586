/// How a command is carried out.
///
/// An option that a command doesn't take is an error, not silently dropped.
public struct DmOptions: Hashable, Sendable {
  /// The flags of the request.
  public var flags: DmFlags
  /// What udev's rules are to do about the device.
  public var cookie: DmCookie
  /// Whether and how long to wait until udev has done it.
  public var udev: UdevSynchronization
  /// How often a removal is tried while the device is open.
  public var retry: RetryPolicy

  /// Creates options, each of which defaults to what most callers want.
  public init(
    flags: DmFlags = [], cookie: DmCookie = [], udev: UdevSynchronization = .standard,
    retry: RetryPolicy = .standard
  ) {
    self.flags = flags
    self.cookie = cookie
    self.udev = udev
    self.retry = retry
  }

  /// Options for a device that only other devices use: udev neither probes it nor links to it.
  public static let privateDevice = DmOptions(cookie: .privateDevice)
}

/// Whether an operation waits until udev has handled its uevent.
public enum UdevSynchronization: Hashable, Sendable {
  /// Wait, but no longer than this; the operation itself is not undone if the time runs out.
  case wait(upTo: Duration)
  /// Don't wait and make no nodes, whatever runs on the machine.
  case none

  /// Wait for half a minute at most, which udev's slowest rules need on a loaded machine.
  public static let standard = UdevSynchronization.wait(upTo: .seconds(30))
}

/// How often an operation is tried that fails because a device is open.
///
/// udev opens a new device for a moment to look what is on it.
public struct RetryPolicy: Hashable, Sendable {
  /// The number of tries, at least one.
  public var attempts: Int
  /// The time from one to the next.
  public var delay: Duration

  /// Creates a policy.
  public init(attempts: Int, delay: Duration) {
    self.attempts = max(1, attempts)
    self.delay = delay
  }

  /// 25 tries in five seconds, as libdevmapper has it.
  public static let standard = RetryPolicy(attempts: 25, delay: .milliseconds(200))
  /// A single try.
  public static let never = RetryPolicy(attempts: 1, delay: .zero)
}
