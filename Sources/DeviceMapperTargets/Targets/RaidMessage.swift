/// A message to an array: what it is to do next (target 1.5).
///
/// `EBUSY` while it does something else or is suspended; `EINVAL` for RAID 0, and on Linux 6.12 and
/// 7.2 for ``idle`` and ``frozen``, which take effect all the same.
public enum RaidMessage: Keyword, TargetMessage {
  /// Stop what is being done; what is needed begins again by itself.
  case idle
  /// Stop what is being done, and begin nothing.
  case frozen
  /// Make all devices agree.
  case resync
  /// Fill devices that were added.
  case recover
  /// Compare the devices; ``RaidStatus/mismatches`` has the result.
  case check
  /// Compare the devices and make them agree.
  case repair

  /// The message.
  public var keyword: StaticString {
    switch self {
    case .idle: "idle"
    case .frozen: "frozen"
    case .resync: "resync"
    case .recover: "recover"
    case .check: "check"
    case .repair: "repair"
    }
  }

  /// Appends the message.
  public func write(to text: inout TextWriter) { text.keyword(self) }
}
