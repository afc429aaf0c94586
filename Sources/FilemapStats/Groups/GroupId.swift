/// The number of a group: that of its leader, the member with the lowest number.
public struct GroupId: RawRepresentable, Hashable, Sendable, Codable {
  /// The number.
  public var rawValue: UInt32

  /// Creates an identifier.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The group that `leader` leads.
  public init(leader: RegionId) { rawValue = leader.rawValue }

  /// The region whose auxiliary data describes the group.
  public var leader: RegionId { RegionId(rawValue: rawValue) }
}

extension GroupId: ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// Creates an identifier from a literal.
  public init(integerLiteral value: UInt32) { rawValue = value }

  /// The number in decimal.
  public var description: String { "\(rawValue)" }
}
