import DeviceMapperTargets
import Foundation
import Testing

struct ThinDevIdTests {
  @Test(arguments: [0, 1, 1 << 24 - 1] as [UInt64])
  func `24 bits are accepted`(number: UInt64) throws {
    let id = try ThinDevId(number)
    #expect(UInt64(id.rawValue) == number)
    #expect(id.description == String(number))
    #expect(id == ThinDevId(integerLiteral: number))
    let data = try JSONEncoder().encode([id])
    #expect(String(decoding: data, as: UTF8.self) == "[\(number)]")
    #expect(try JSONDecoder().decode([ThinDevId].self, from: data) == [id])
  }

  @Test(arguments: [1 << 24, 1 << 32, -1, Int.max, .min])
  func `any other number is refused`(number: Int) {
    #expect(
      throws: IdentifierError(
        .thinDevId, .outOfRange(value: "\(number)", maximum: 0xff_ffff))
    ) { try ThinDevId(number) }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([ThinDevId].self, from: Data("[\(number)]".utf8))
    }
  }

  @Test func `ids sort by number`() {
    #expect(([3, 10, 2] as [ThinDevId]).sorted() == [2, 3, 10])
    #expect(ThinDevId.maximum.rawValue == 0xff_ffff)
  }

  @Test func `a literal of more than 24 bits stops the program`() async {
    await #expect(processExitsWith: .failure) { _ = 0x100_0000 as ThinDevId }
  }
}
