import DeviceMapperTargets
import Mutations
import TestSupport

/// Choices that look random and are the same in every run, of which tables over legs are made.
struct Draw {
  /// How long the tables are that have no other length.
  static let length: Sectors = 8192

  private var generator: SeededGenerator
  private var turns = 0
  /// The devices that tables may stand on, each of ``Legs/length``.
  private let legs: [Device]
  /// What the running kernel has.
  let kernel: DrawnKernel

  init(seed: UInt64, over legs: [Device], on kernel: DrawnKernel) {
    generator = SeededGenerator(seed: seed)
    self.legs = legs
    self.kernel = kernel
  }

  /// Whether something is to be so: one time in `odds`.
  mutating func chance(_ odds: Int = 2) -> Bool { Int.random(in: 0..<odds, using: &generator) == 0 }

  /// A value, half of the times.
  mutating func maybe<Value>(_ value: (inout Draw) throws -> Value) rethrows -> Value? {
    chance() ? try value(&self) : nil
  }

  /// One of some values.
  mutating func one<Value>(of values: Value...) -> Value {
    values[Int.random(in: values.indices, using: &generator)]
  }

  /// One of all values of a type.
  mutating func any<Value: CaseIterable>(_ type: Value.Type = Value.self) -> Value {
    let cases = Array(Value.allCases)
    return cases[Int.random(in: cases.indices, using: &generator)]
  }

  /// The values of a type in turn, for a type of which none may be left out.
  mutating func turn<Value: CaseIterable>(_ type: Value.Type = Value.self) -> Value {
    let cases = Array(Value.allCases)
    turns += 1
    return cases[turns % cases.count]
  }

  /// A number: either end of the range as likely as all that lies between.
  mutating func number<Number: FixedWidthInteger>(
    _ range: ClosedRange<Number> = Number.min...Number.max
  ) -> Number {
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: range.lowerBound
    case 1: range.upperBound
    default: .random(in: range, using: &generator)
    }
  }

  /// A length or a place.
  mutating func sectors(_ range: ClosedRange<UInt64>) -> Sectors {
    Sectors(rawValue: number(range))
  }

  /// A power of two, given by the exponents.
  mutating func powerOfTwo(_ exponents: ClosedRange<Int>) -> UInt64 {
    1 << UInt64(Int.random(in: exponents, using: &generator))
  }

  /// Bytes.
  mutating func bytes(_ count: Int) -> [UInt8] { generator.bytes(count, of: 0...255) }

  /// Where a table of ``length`` may begin on a leg.
  mutating func start() -> Sectors { sectors(0...(Legs.length - Self.length).rawValue) }

  /// A leg.
  mutating func leg() -> DeviceReference { legs(1)[0] }

  /// Different legs.
  mutating func legs(_ count: Int) -> [DeviceReference] {
    legs.shuffled(using: &generator).prefix(count).map { .number($0) }
  }
}
