/// Why text is not a size, such as ``Sectors`` or ``Bytes``.
public struct QuantityError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Reason: Hashable, Sendable, CaseIterable {
    /// There are no digits where a number should be, before or after the point.
    case missingNumber
    /// There is nothing after the number.
    case missingUnit
    /// What follows the number is no unit of a size.
    case unknownUnit
    /// The size is not a whole number of the units asked for.
    case notWhole
    /// The size doesn't fit into the type asked for.
    case tooGreat
  }

  /// What is wrong.
  public var reason: Reason
  /// Where in the text's UTF-8 the wrong part starts.
  public var byteOffset: Int

  /// Creates an error from its parts.
  public init(_ reason: Reason, byteOffset: Int) {
    self.reason = reason
    self.byteOffset = byteOffset
  }
}

extension QuantityError: CustomStringConvertible {
  /// One sentence for people, without a full stop.
  public var description: String {
    switch reason {
    case .missingNumber: "expected decimal digits at byte offset \(byteOffset)"
    case .missingUnit: "expected a unit such as GiB, B or sectors at byte offset \(byteOffset)"
    case .unknownUnit: "no unit of a size at byte offset \(byteOffset)"
    case .notWhole: "not a whole number of units at byte offset \(byteOffset)"
    case .tooGreat: "too great a size at byte offset \(byteOffset)"
    }
  }
}
