/// A message to a `switch` target.
public enum SwitchMessage: TargetMessage {
  /// Put regions on paths, one step after the other.
  ///
  /// `EINVAL` for a region or path that isn't there and for no step at all; the steps before the
  /// wrong one stay done.
  case setRegionMappings([SwitchMapping])

  /// Appends the words of the message.
  public func write(to text: inout TextWriter) {
    switch self {
    case .setRegionMappings(let mappings):
      text.word("set_region_mappings")
      for mapping in mappings { mapping.write(to: &text) }
    }
  }
}

/// A step of ``SwitchMessage/setRegionMappings(_:)``.
///
/// Each step goes on behind the region of the one before; a message begins behind no region.
public enum SwitchMapping: Hashable, Sendable {
  /// Put a region on a path: `REGION:PATH`, in hexadecimal as all numbers here.
  case region(UInt64, path: UInt32)
  /// Put the next region on a path: `:PATH`.
  case next(path: UInt32)
  /// Repeat the paths of the last so many regions in turns for so many next ones:
  /// `RPERIOD,COUNT` (target version 1.1).
  case `repeat`(period: UInt64, count: UInt64)

  /// Appends the step as a word.
  func write(to text: inout TextWriter) {
    switch self {
    case .region(let region, let path):
      text.text("\(String(region, radix: 16)):\(String(path, radix: 16))")
    case .next(let path): text.text(":\(String(path, radix: 16))")
    case .repeat(let period, let count):
      text.text("R\(String(period, radix: 16)),\(String(count, radix: 16))")
    }
  }
}
