/// A version of the device-mapper interface or of a target: `major.minor.patch`.
public struct InterfaceVersion: Hashable, Sendable, Codable {
  /// Changes when the interface breaks; 4 since 2003.
  public var major: UInt32
  /// Changes when the interface grows.
  public var minor: UInt32
  /// Changes with a correction.
  public var patch: UInt32

  /// Creates a version from its parts.
  public init(major: UInt32, minor: UInt32, patch: UInt32) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }
}

extension InterfaceVersion: Comparable {
  /// Orders by major, then minor, then patch.
  public static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}

extension InterfaceVersion: CustomStringConvertible {
  /// The version with points between its parts: `4.47.0`.
  public var description: String { "\(major).\(minor).\(patch)" }
}
