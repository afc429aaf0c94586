import Mutations
import Testing

@testable import DeviceMapperTargets

struct InlineBytesTests {
  @Test func `more bytes than the capacity are refused`() {
    #expect(InlineBytes<2, 1>([1, 2, 3]) == nil)
    #expect(InlineBytes<3, 1>([1, 2, 3])?.count == 3)
  }

  @Test func `appending fills up to the capacity`() {
    var bytes = InlineBytes<2, 1>()
    let appended = [bytes.append(1), bytes.append(2), bytes.append(3)]
    #expect(appended == [true, true, false])
    #expect(bytes == InlineBytes<2, 1>([1, 2]))
  }

  @Test func `order and equality are those of the bytes as a sequence`() throws {
    var generator = SeededGenerator(seed: 1)
    // Few letters and a common start make equal names, prefixes and late differences frequent.
    for _ in 0..<20_000 {
      let start = generator.bytes(Int.random(in: 0...20, using: &generator), of: [0, 0x7f, 0x80])
      let left = start + generator.bytes(Int.random(in: 0...9, using: &generator), of: [0, 255])
      let right = start + generator.bytes(Int.random(in: 0...9, using: &generator), of: [0, 255])
      let leftInline = try #require(InlineBytes<32, 5>(left))
      let rightInline = try #require(InlineBytes<32, 5>(right))
      try #require((leftInline == rightInline) == (left == right), "\(left) \(right)")
      try #require(
        (leftInline < rightInline) == left.lexicographicallyPrecedes(right), "\(left) \(right)")
      if left == right { try #require(leftInline.hashValue == rightInline.hashValue) }
    }
  }

  @Test func `a hash sees every byte and the length`() throws {
    var hashes: Set<Int> = []
    for count in 0...127 {
      hashes.insert(
        try #require(InlineBytes<127, 16>([UInt8](repeating: 0, count: count))).hashValue)
      guard count > 0 else { continue }
      var bytes = [UInt8](repeating: 0, count: 127)
      bytes[count - 1] = 1
      hashes.insert(try #require(InlineBytes<127, 16>(bytes)).hashValue)
    }
    #expect(hashes.count == 128 + 127)
  }

  @Test func `a hash tells where one value ends and the next begins`() throws {
    var (left, right) = (Hasher(), Hasher())
    for text in ["a", "bc"] { try #require(InlineBytes<8, 2>(text)).hash(into: &left) }
    for text in ["ab", "c"] { try #require(InlineBytes<8, 2>(text)).hash(into: &right) }
    #expect(left.finalize() != right.finalize())
  }

  @Test func `the first NUL is found at any offset, whatever stands around it`() throws {
    for filler in [1, 0x61, 0x80, 0xff] as [UInt8] {
      let bytes = [UInt8](repeating: filler, count: 31)
      let without = try #require(InlineBytes<32, 5>(bytes))
      try #require(without.firstNul == nil)
      for offset in bytes.indices {
        var changed = bytes
        changed[offset] = 0
        if offset.isMultiple(of: 2) { changed[30] = 0 }
        let with = try #require(InlineBytes<32, 5>(changed))
        try #require(with.firstNul == offset)
      }
    }
  }

  @Test(
    arguments: [
      ([], ""),
      ([0x61, 0x62], "ab"),
      ([0xff], #"\xff"#),
      ([0x61, 0x80, 0x62], #"a\x80b"#),
      ([0xc3, 0xa9], "é"),
      ([0xc3], #"\xc3"#),
      ([0xc3, 0x61], #"\xc3a"#),
      ([0xe2, 0x82, 0x61, 0xe2, 0x82, 0xac], #"\xe2\x82a€"#),
      ([0xed, 0xa0, 0x80], #"\xed\xa0\x80"#),
      ([0xf0, 0x9f, 0x98, 0x80, 0xfe, 0xf0, 0x9f], #"😀\xfe\xf0\x9f"#),
    ] as [([UInt8], String)])
  func `bytes that are not UTF-8 are escaped one by one`(bytes: [UInt8], text: String) throws {
    #expect(try #require(InlineBytes<15, 2>(bytes)).escaped == text)
  }

  @Test func `any bytes have a description and any text is kept`() throws {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<5_000 {
      let bytes = generator.bytes(
        Int.random(in: 0...12, using: &generator), of: [0x61, 0x80, 0xbf, 0xc3, 0xe2, 0xf0, 0xff])
      let inline = try #require(InlineBytes<12, 2>(bytes))
      let text = inline.escaped
      if let string = inline.string {
        try #require(Array(string.utf8) == bytes)
        try #require(text == string)
      } else {
        try #require(text.contains(#"\x"#))
        // Undo the escapes: nothing is lost or added.
        var restored: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
          guard byte == UInt8(ascii: "\\") else {
            restored.append(byte)
            continue
          }
          let digits = String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)
          restored.append(try #require(UInt8(digits, radix: 16)))
          rest = rest.dropFirst(3)
        }
        try #require(restored == bytes)
      }
    }
  }
}
