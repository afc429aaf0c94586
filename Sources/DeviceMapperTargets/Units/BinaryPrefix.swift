/// A binary prefix of IEC 80000-13: `Ki`, 2^10, to `Ei`, 2^60.
public enum BinaryPrefix: String, CaseIterable, Hashable, Sendable, Codable {
  /// 2^10, `Ki`.
  case kibi = "Ki"
  /// 2^20, `Mi`.
  case mebi = "Mi"
  /// 2^30, `Gi`.
  case gibi = "Gi"
  /// 2^40, `Ti`.
  case tebi = "Ti"
  /// 2^50, `Pi`.
  case pebi = "Pi"
  /// 2^60, `Ei`.
  case exbi = "Ei"

  /// What the prefix multiplies by.
  public var factor: UInt64 {
    switch self {
    case .kibi: 1 << 10
    case .mebi: 1 << 20
    case .gibi: 1 << 30
    case .tebi: 1 << 40
    case .pebi: 1 << 50
    case .exbi: 1 << 60
    }
  }
}

extension BinaryPrefix: Comparable {
  /// Orders by ``factor``.
  public static func < (left: Self, right: Self) -> Bool { left.factor < right.factor }
}

extension BinaryPrefix: CustomStringConvertible {
  /// The letters of the prefix, such as `Gi`.
  public var description: String { rawValue }
}
