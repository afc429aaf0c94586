public import DeviceMapperTargets

/// How a region is cut into areas, each of which has counters of its own.
public enum AreaStep: Hashable, Sendable, Codable {
  /// Areas of this size; the last one may be shorter. Not zero.
  case size(Sectors)
  /// This number of areas, all of the same size but perhaps the last one. Not zero.
  ///
  /// Where the size doesn't divide, the kernel makes fewer areas than asked for.
  case count(UInt32)

  /// The whole region as one area.
  public static let whole = AreaStep.count(1)
}
