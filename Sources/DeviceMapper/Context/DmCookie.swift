/// What udev's rules are to do about a device's uevent: the flags in the upper half of a cookie.
///
/// The corresponding constants are `DM_UDEV_…_FLAG` in `libdevmapper.h`.
public struct DmCookie: OptionSet, Hashable, Sendable, Codable {
  /// The bits.
  public let rawValue: UInt16

  /// Creates a set of the bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// No node or link in `/dev/mapper` by udev.
  public static let disableDmRules = DmCookie(rawValue: 0x0001)
  /// No rules of the subsystem that made the device.
  public static let disableSubsystemRules = DmCookie(rawValue: 0x0002)
  /// No links in `/dev/disk` and no probing of what is on the device.
  public static let disableDiskRules = DmCookie(rawValue: 0x0004)
  /// No other rules that don't belong to device-mapper.
  public static let disableOtherRules = DmCookie(rawValue: 0x0008)
  /// Links of this device yield to those of others.
  public static let lowPriority = DmCookie(rawValue: 0x0010)
  /// No node by the library where udev made none.
  public static let disableLibraryFallback = DmCookie(rawValue: 0x0020)
  /// The uevent is a first one and not a replay; set by the library.
  public static let primarySource = DmCookie(rawValue: 0x0040)

  /// For devices that only other devices use: nothing looks into them or links to them.
  public static let privateDevice: DmCookie = [
    .disableSubsystemRules, .disableDiskRules, .disableOtherRules,
  ]
}

extension DmCookie: CustomStringConvertible {
  /// The names of the flags in brackets.
  public var description: String {
    Self.describe(
      self,
      names: [
        (.disableDmRules, "disableDmRules"), (.disableSubsystemRules, "disableSubsystemRules"),
        (.disableDiskRules, "disableDiskRules"), (.disableOtherRules, "disableOtherRules"),
        (.lowPriority, "lowPriority"), (.disableLibraryFallback, "disableLibraryFallback"),
        (.primarySource, "primarySource"),
      ])
  }
}
