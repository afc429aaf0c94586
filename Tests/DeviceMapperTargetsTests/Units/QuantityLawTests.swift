import DeviceMapperTargets
import Mutations
import Testing

/// Laws over numbers of every magnitude, beside the standard library's arithmetic of twice the width.
struct QuantityLawTests {
  @Test func `sectors keep the laws`() throws { try check(Sectors.self) }
  @Test func `data blocks keep the laws`() throws { try check(DataBlocks.self) }
  @Test func `meta blocks keep the laws`() throws { try check(MetaBlocks.self) }
  @Test func `bytes keep the laws`() throws { try check(Bytes.self) }

  private func check<Unit: Quantity>(_ type: Unit.Type) throws {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<5_000 {
      let left = Unit(rawValue: generator.number())
      let right = Unit(rawValue: generator.number())
      let factor: Unit.RawValue = generator.number()

      if let sum = left.addingChecked(right) {
        try #require(sum.rawValue == left.rawValue &+ right.rawValue && sum >= left)
        try #require(sum == left + right && sum == right + left && sum - right == left)
        try #require(sum == left.addingWithSaturation(right))
        try #require(sum.subtractingChecked(left) == right)
        try #require([left, right].sum() == sum)
      } else {
        try #require(left.rawValue > Unit.RawValue.max - right.rawValue)
        try #require(left.addingWithSaturation(right) == .max)
        try #require([left, right].sumChecked() == nil)
      }

      try #require((left.subtractingChecked(right) == nil) == (left < right))
      try #require(left < right || left - right == left.subtractingWithSaturation(right))

      let product = left.rawValue.multipliedFullWidth(by: factor)
      if product.high == 0 {
        let expected = Unit(rawValue: Unit.RawValue(truncatingIfNeeded: product.low))
        try #require(left * factor == expected && factor * left == expected)
        try #require(left.multipliedChecked(by: factor) == expected)
        try #require(left.multipliedWithSaturation(by: factor) == expected)
        if factor > 0 { try #require(expected / factor == left) }
      } else {
        try #require(left.multipliedChecked(by: factor) == nil)
        try #require(left.multipliedWithSaturation(by: factor) == .max)
      }

      guard right != .zero else { continue }
      try #require((left / right) * right + left % right == left && left % right < right)
      try #require(left / right.rawValue * right.rawValue + left % right.rawValue == left)
      try #require(left.isMultiple(of: right) == (left % right == .zero))
      let down = left.roundedDown(toMultipleOf: right)
      try #require(down.isMultiple(of: right) && down <= left && left - down < right)
      if let up = left.roundedUp(toMultipleOf: right) {
        try #require(up.isMultiple(of: right) && up >= left && up - left < right)
      } else {
        try #require(down.addingChecked(right) == nil)
      }
    }
  }
}
