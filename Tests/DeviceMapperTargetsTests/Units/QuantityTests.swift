import DeviceMapperTargets
import Foundation
import Testing

struct QuantityTests {
  @Test func `zero, literals, order and hash are those of the number`() {
    #expect(Sectors.zero == 0)
    #expect(Sectors(3) == Sectors(rawValue: 3))
    #expect(Sectors(UInt8(3)) == 3)
    #expect(([3, 1, 2] as [Sectors]).sorted() == [1, 2, 3])
    #expect(Set([Sectors(1), Sectors(1), Sectors(2)]).count == 2)
    #expect(Sectors.max.rawValue == .max)
    #expect(Bytes.max.rawValue == .max)
  }

  @Test func `operators stay in the unit and quotients of quantities are numbers`() {
    let three: Sectors = 3
    let two: Sectors = 2
    #expect(three + two == 5)
    #expect(three - two == 1)
    #expect(Sectors(5) / 2 == Sectors(2))
    #expect(three / two == UInt64(1))
    #expect(three % two == Sectors(1))
    #expect(three % 2 == Sectors(1))
    #expect([two, three].sum() == 5)
    #expect([two, three].lazy.filter { $0 > 5 }.sum() == 0)
    var changed = three
    changed += 2
    #expect(changed == 5)
    changed -= 1
    #expect(changed == 4)
    changed *= 3
    #expect(changed == 12)
    changed /= 2
    #expect(changed == 6)
    changed %= 4
    #expect(changed == 2)
  }

  @Test func `a factor or divisor is any integer, on either side of a product`() {
    let three: DataBlocks = 3
    #expect(three * 2 == 6)
    #expect(2 * three == 6)
    #expect(three * UInt8(2) == 6)
    #expect(UInt16(2) * three == 6)
    #expect(three * UInt32(2) == 6)
    #expect(UInt64(2) * three == 6)
    #expect(three * UInt128(2) == 6)
    #expect(Int8(2) * three == 6)
    #expect(three / UInt8(2) == DataBlocks(1))
    #expect(three / Int.max == 0)
    #expect(three / UInt128.max == 0)
    #expect(three % UInt128.max == three)
    #expect(DataBlocks.zero * UInt128.max == 0)
    #expect(Bytes(3) * UInt128(2) == 6)
  }

  @Test func `the unit is in the description, one of it in the singular`() {
    #expect("\(Sectors(2048))" == "2048 sectors")
    #expect("\(Sectors(1))" == "1 sector")
    #expect("\(Bytes(5))" == "5 bytes")
    #expect("\(DataBlocks(3))" == "3 data blocks")
    #expect("\(DataBlocks(1))" == "1 data block")
    #expect("\(MetaBlocks(4))" == "4 meta blocks")
    #expect("\(MetaBlocks(0))" == "0 meta blocks")
  }

  @Test func `JSON is the bare number`() throws {
    struct Row: Codable, Equatable {
      var sectors: Sectors
      var blocks: DataBlocks
      var metadata: MetaBlocks
      var bytes: Bytes
    }
    let row = Row(sectors: .max, blocks: 0, metadata: 4, bytes: Bytes(UInt64.max))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(row)
    #expect(
      String(decoding: data, as: UTF8.self)
        == #"{"blocks":0,"bytes":18446744073709551615,"metadata":4,"sectors":18446744073709551615}"#
    )
    #expect(try JSONDecoder().decode(Row.self, from: data) == row)
    let greatest = try encoder.encode([Bytes.max])
    #expect(try JSONDecoder().decode([Bytes].self, from: greatest) == [.max])
  }

  @Test(arguments: ["[-1]", "[1.5]", "[18446744073709551616]", "[\"1\"]", "[null]"])
  func `JSON that is no such number is refused`(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Sectors].self, from: Data(json.utf8))
    }
  }

  @Test func `any integer converts, exactly or to the nearest`() {
    #expect(Sectors(exactly: -1) == nil)
    #expect(Sectors(exactly: UInt128(UInt64.max) + 1) == nil)
    #expect(Sectors(exactly: 7) == 7)
    #expect(Sectors(clamping: -1) == 0)
    #expect(Sectors(clamping: UInt128.max) == .max)
  }

  @Test func `checked and saturating forms stop where the operators trap`() {
    #expect(Sectors.max.addingChecked(1) == nil)
    #expect(Sectors.max.addingWithSaturation(1) == .max)
    #expect(Sectors(1).subtractingChecked(2) == nil)
    #expect(Sectors(1).subtractingWithSaturation(2) == 0)
    #expect(Sectors.max.multipliedChecked(by: 2) == nil)
    #expect(Sectors.max.multipliedWithSaturation(by: 2) == .max)
    #expect(Sectors(1).multipliedChecked(by: -1) == nil)
    #expect(Sectors(1).multipliedWithSaturation(by: -1) == 0)
    #expect(Sectors.zero.multipliedChecked(by: UInt128.max) == 0)
    #expect(Sectors.zero.multipliedWithSaturation(by: UInt128.max) == 0)
    #expect(Sectors(1).multipliedWithSaturation(by: UInt128.max) == .max)
    #expect(Sectors(1).dividedChecked(by: 0) == nil)
    #expect(Sectors(1).dividedChecked(by: -1) == nil)
    #expect(Sectors.max.dividedChecked(by: UInt128.max) == 0)
    #expect([Sectors.max, 1].sumChecked() == nil)
    #expect([Sectors.max, 0].sumChecked() == .max)
    #expect(([] as [Sectors]).sumChecked() == 0)
  }

  @Test func `alignment rounds to multiples`() {
    #expect(Sectors(0).isMultiple(of: 0))
    #expect(!Sectors(1).isMultiple(of: 0))
    #expect(Sectors(16).isMultiple(of: 8))
    #expect(Sectors(17).roundedDown(toMultipleOf: 8) == 16)
    #expect(Sectors(16).roundedDown(toMultipleOf: 8) == 16)
    #expect(Sectors(17).roundedUp(toMultipleOf: 8) == 24)
    #expect(Sectors(16).roundedUp(toMultipleOf: 8) == 16)
    #expect(Sectors.max.roundedUp(toMultipleOf: 8) == nil)
    #expect(Sectors.max.roundedUp(toMultipleOf: 3) == .max)
  }
}
