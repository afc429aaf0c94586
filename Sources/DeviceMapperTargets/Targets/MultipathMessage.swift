/// A message to a `multipath` device; `EBUSY` while it is suspended.
///
/// ``queueIfNoPath`` and ``failIfNoPath`` show in the table that a kernel prints.
public enum MultipathMessage: TargetMessage {
  /// Let requests wait when there is no path.
  case queueIfNoPath
  /// Let requests fail when there is no path, those that wait included.
  case failIfNoPath
  /// Take a path out of use; `EINVAL` or `ENXIO` if there is none to that device.
  case failPath(DeviceReference)
  /// Use a path again.
  case reinstatePath(DeviceReference)
  /// Use the group of this number, from 1 on, from now on.
  case switchGroup(UInt32)
  /// Pass over the group of this number, from 1 on.
  case disableGroup(UInt32)
  /// No longer pass over the group of this number, from 1 on.
  case enableGroup(UInt32)

  /// Appends the words of the message.
  public func write(to text: inout TextWriter) {
    switch self {
    case .queueIfNoPath: text.word("queue_if_no_path")
    case .failIfNoPath: text.word("fail_if_no_path")
    case .failPath(let device):
      text.word("fail_path")
      text.device(device)
    case .reinstatePath(let device):
      text.word("reinstate_path")
      text.device(device)
    case .switchGroup(let number): text.pair("switch_group", number)
    case .disableGroup(let number): text.pair("disable_group", number)
    case .enableGroup(let number): text.pair("enable_group", number)
    }
  }
}
