/// How much of a whole is used, printed by the kernel as `used/total`.
public struct Usage<Size: Quantity>: Hashable, Sendable, Codable {
  /// What is used.
  public var used: Size
  /// The whole.
  public var total: Size

  /// Creates a usage from its parts.
  @inlinable
  public init(used: Size, total: Size) {
    self.used = used
    self.total = total
  }

  /// What is left; zero where more is used than there is, which some targets report.
  public var free: Size {
    used < total ? Size(rawValue: total.rawValue - used.rawValue) : Size(rawValue: 0)
  }

  /// The used part of the whole from 0 to 1; 1 for an empty whole.
  public var fraction: Double {
    total.rawValue == 0 ? 1 : min(1, Double(used.rawValue) / Double(total.rawValue))
  }
}

extension Usage: CustomStringConvertible {
  /// The usage as the kernel prints it.
  public var description: String { "\(used.rawValue)/\(total.rawValue)" }
}
