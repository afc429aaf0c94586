public import DeviceMapperTargets

/// A command that a sequence of events sent to the kernel, for whoever wants to see it at work.
public struct EventTrace: Hashable, Sendable {
  /// The command.
  public var command: DmCommand
  /// The device that it was about, if it was about one.
  public var device: Device?
  /// The reply: the number of devices, or the status of each target.
  ///
  /// A table is not shown, as it may hold keys.
  public var reply: String
}

extension EventTrace: CustomStringConvertible {
  /// The command and its reply in one line, for example `DM_LIST_DEVICES: 12 devices`.
  public var description: String {
    "\(command)\(device.map { " \($0)" } ?? "")\(reply.isEmpty ? "" : ": " + reply)"
  }
}
