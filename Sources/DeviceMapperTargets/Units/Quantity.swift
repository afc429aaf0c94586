// The generic members are inlinable: unspecialised, a sum or product in another module costs about a
// thousand instructions, specialised it costs what the bare numbers cost.

/// A number of something: a count that can't be mixed up with a count of something else.
///
/// Sums, differences and products by a plain number stay in the unit; a quotient of two quantities
/// is a plain number. The operators trap on overflow, below zero and on a division by zero, as
/// those of the standard library do, and never wrap. The `…Checked` forms return `nil` instead, and
/// the `…WithSaturation` forms stop at the greatest or smallest value. In JSON a quantity is its
/// bare number.
public protocol Quantity: RawRepresentable, Hashable, Comparable, Codable, Sendable,
  BitwiseCopyable, ExpressibleByIntegerLiteral, CustomStringConvertible
where RawValue: FixedWidthInteger & UnsignedInteger & Codable & Sendable {
  /// The word for one of them, such as `sector`.
  static var unitName: String { get }

  /// Creates a quantity of `rawValue` units.
  init(rawValue: RawValue)
}

extension Quantity {
  /// Nothing.
  @inlinable public static var zero: Self { Self(rawValue: 0) }

  /// The greatest quantity that this type holds.
  @inlinable public static var max: Self { Self(rawValue: .max) }

  /// Creates a quantity of `count` units.
  ///
  /// - Precondition: `count` fits: it is neither negative nor too great.
  @inlinable public init(_ count: some BinaryInteger) { self.init(rawValue: RawValue(count)) }

  /// Creates a quantity of `count` units, or returns `nil` when that is negative or too great.
  @inlinable public init?(exactly count: some BinaryInteger) {
    guard let rawValue = RawValue(exactly: count) else { return nil }
    self.init(rawValue: rawValue)
  }

  /// Creates the quantity that is nearest to `count` units.
  @inlinable public init(clamping count: some BinaryInteger) {
    self.init(rawValue: RawValue(clamping: count))
  }

  /// Creates a quantity from a literal.
  @inlinable public init(integerLiteral value: RawValue.IntegerLiteralType) {
    self.init(rawValue: RawValue(integerLiteral: value))
  }

  /// Orders by the number.
  @inlinable public static func < (left: Self, right: Self) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The number and the unit: `1 sector`, `2048 sectors`.
  public var description: String {
    rawValue == 1 ? "1 \(Self.unitName)" : "\(rawValue) \(Self.unitName)s"
  }

  /// Reads a bare number.
  public init(from decoder: any Decoder) throws {
    self.init(rawValue: try decoder.singleValueContainer().decode(RawValue.self))
  }

  /// Writes a bare number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
