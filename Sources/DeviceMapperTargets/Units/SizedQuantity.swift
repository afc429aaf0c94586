/// A quantity whose unit has a size in bytes, which makes it convertible to and from ``Bytes``,
/// readable (`"1.5 GiB"`) and printable (``iec``) with binary prefixes.
public protocol SizedQuantity: Quantity {
  /// The size of one unit, which isn't zero.
  static var unitSize: Bytes { get }
}

extension SizedQuantity {
  /// The same size in bytes, which fits for every quantity of this package.
  @inlinable public var bytes: Bytes { Self.unitSize * rawValue }

  /// The same size, or `nil` when it isn't a whole number of units or too great.
  @inlinable public init?(exactly bytes: Bytes) {
    guard bytes.isMultiple(of: Self.unitSize) else { return nil }
    self.init(roundingDown: bytes)
  }

  /// The whole units that fit into `bytes`, or `nil` when they are too many.
  @inlinable public init?(roundingDown bytes: Bytes) { self.init(exactly: bytes / Self.unitSize) }

  /// The whole units that hold `bytes`, or `nil` when they are too many.
  @inlinable public init?(roundingUp bytes: Bytes) {
    let excess: UInt128 = bytes.isMultiple(of: Self.unitSize) ? 0 : 1
    self.init(exactly: bytes / Self.unitSize + excess)
  }

  /// The size with the greatest prefix that leaves at least one: `1.5 GiB`, `512 B`.
  ///
  /// At most two decimals, rounded to the nearest, halves up; zeros at the end are left out, and
  /// what rounds to 1024 takes the next prefix. `description` is exact, this is for people.
  public var iec: String {
    let bytes = self.bytes.rawValue
    guard bytes >= BinaryPrefix.kibi.factor else { return "\(bytes) B" }
    var prefixes = BinaryPrefix.allCases.makeIterator()
    var prefix = BinaryPrefix.kibi
    var next = prefixes.next()
    while let candidate = next, candidate.factor <= bytes {
      prefix = candidate
      next = prefixes.next()
    }
    let factor = UInt128(prefix.factor)
    var (whole, hundredths) = bytes.quotientAndRemainder(dividingBy: factor)
    hundredths = (hundredths * 100 + factor / 2) / factor
    if hundredths == 100 { (whole, hundredths) = (whole + 1, 0) }
    if whole == 1024, let next { (whole, prefix) = (1, next) }
    let decimals =
      switch (hundredths / 10, hundredths % 10) {
      case (0, 0): ""
      case (let tenths, 0): ".\(tenths)"
      case (let tenths, let rest): ".\(tenths)\(rest)"
      }
    return "\(whole)\(decimals) \(prefix)B"
  }
}
