/// The number of a region: when the region was created, the lowest one free on its device.
///
/// A number is used again after its region is deleted.
public struct RegionId: RawRepresentable, Hashable, Sendable, Codable {
  /// The greatest number that the kernel accepts.
  public static let maximum = RegionId(rawValue: UInt32(Int32.max))

  /// The number.
  public var rawValue: UInt32

  /// Creates an identifier; the kernel refuses those above ``maximum``.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

extension RegionId: Comparable {
  /// Orders by the number, as the kernel lists regions.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension RegionId: ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// Creates an identifier from a literal.
  public init(integerLiteral value: UInt32) { rawValue = value }

  /// The number in decimal.
  public var description: String { "\(rawValue)" }
}
