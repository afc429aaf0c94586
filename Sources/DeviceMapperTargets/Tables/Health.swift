/// How a target is doing, in one vocabulary over all targets.
public struct Health: Hashable, Sendable, Codable {
  /// How bad it is.
  public enum Level: Keyword, Comparable {
    /// Nothing needs attention.
    case healthy
    /// Data is served and something needs attention: redundancy is lost, space runs out.
    case degraded
    /// Data is not served, or what is served can't be trusted.
    case failed

    /// The level in JSON and in text.
    public var keyword: StaticString {
      switch self {
      case .healthy: "healthy"
      case .degraded: "degraded"
      case .failed: "failed"
      }
    }
  }

  /// How bad it is: the worst of the reasons.
  public var level: Level
  /// Why attention is needed, in the words of the target, such as `out of data space`.
  public var reasons: [String]
  /// What the target is doing about it, or does anyway.
  public var progress: Progress?

  /// Creates a health.
  public init(_ level: Level, _ reasons: [String] = [], progress: Progress? = nil) {
    self.level = level
    self.reasons = reasons
    self.progress = progress
  }

  /// Nothing needs attention.
  public static let healthy = Health(.healthy)

  /// Adds a reason; the level becomes its level if that is worse.
  public mutating func add(_ level: Level, _ reason: String) {
    self.level = max(self.level, level)
    reasons.append(reason)
  }
}

/// Work that a target is doing, and how far it is.
public struct Progress: Hashable, Sendable, Codable {
  /// What is being done, such as `resync`, `recalculate` or `hydration`.
  public var operation: String
  /// How much of it is done, from 0 to 1.
  public var fraction: Double

  /// Creates a progress.
  public init(_ operation: String, fraction: Double) {
    self.operation = operation
    self.fraction = fraction
  }
}

extension Health: CustomStringConvertible {
  /// The level, then the reasons and the progress: `degraded: leg 1 failed (recover 31 %)`.
  public var description: String {
    var text = "\(level)"
    if !reasons.isEmpty { text += ": " + reasons.joined(separator: ", ") }
    if let progress {
      // A fraction may be anything that somebody gave or that JSON has. No `rounded`: this module
      // needs no mathematics library, and `Int(_:)` rounds towards zero by itself.
      let percent = progress.fraction * 100
      let number = abs(percent) < 0x1p53 ? " \(Int(percent)) %" : ""
      text += " (\(progress.operation)\(number))"
    }
    return text
  }
}
