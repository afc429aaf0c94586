import DeviceMapperTargets
import Mutations
import Testing

struct SizeTextTests {
  @Test(
    arguments: [
      ("1.5 GiB", 1_610_612_736),
      ("1.5GiB", 1_610_612_736),
      ("0 B", 0), ("512 B", 512), ("1 byte", 1), ("5 bytes", 5), ("5   B", 5),
      ("8s", 4096), ("1 sector", 512), ("8 sectors", 4096), ("0.5 sectors", 256),
      ("2 meta blocks", 8192), ("1 meta block", 4096),
      ("1 KiB", 1024), ("1 MiB", 1 << 20), ("1 GiB", 1 << 30), ("1 TiB", 1 << 40),
      ("1 PiB", 1 << 50), ("1 EiB", 1 << 60), ("0016 KiB", 16_384),
      ("1.50000000000000000000000000000000000000000000000000000 KiB", 1536),
      ("0.0009765625 KiB", 1), ("0.125 B", nil), ("0.1 KiB", nil),
      ("340282366920938463463374607431768211455 B", .max),
      ("340282366920938463463374607431768211456 B", nil),
      ("295147905179352825855 EiB", 295_147_905_179_352_825_855 << 60),
      ("295147905179352825856 EiB", nil),
      ("295147905179352825855.999999999999999999999999999999999999999999999 EiB", nil),
    ] as [(String, UInt128?)])
  func `a number and a unit are a size`(text: String, size: UInt128?) {
    #expect((try? Bytes(text))?.rawValue == size)
  }

  @Test func `a size is read in the unit asked for`() throws {
    let text = "1.5 GiB"
    #expect(try Sectors(text) == 3_145_728)
    #expect(try MetaBlocks(text) == 393_216)
    let sector = "1 sector"
    #expect(throws: QuantityError(.notWhole, byteOffset: 0)) { try MetaBlocks(sector) }
  }

  @Test(
    arguments: [
      ("1 B", Sectors(0), Sectors(1)), ("512 B", 1, 1), ("0.1 KiB", 0, 1), ("1.3 KiB", 2, 3),
      ("0.00000000000000000000000000000000000000000000000001 B", 0, 1), ("0.0 B", 0, 0),
      ("1023.9999 B", 1, 2), ("18446744073709551615.5 s", .max, nil),
      ("0.9999999999999999999999999999999999999999999999 s", 0, 1),
    ] as [(String, Sectors, Sectors?)])
  func `a size that is no whole number of units is rounded on request`(
    text: String, down: Sectors, up: Sectors?
  ) {
    #expect((try? Sectors(text, rounding: .down)) == down)
    #expect((try? Sectors(text, rounding: .up)) == up)
    #expect((try? Sectors(text)) == (down == up ? down : nil))
  }

  @Test(
    arguments: [
      ("", QuantityError(.missingNumber, byteOffset: 0)),
      (" 1 B", .init(.missingNumber, byteOffset: 0)),
      ("GiB", .init(.missingNumber, byteOffset: 0)),
      ("-1 B", .init(.missingNumber, byteOffset: 0)),
      ("+1 B", .init(.missingNumber, byteOffset: 0)),
      (".5 GiB", .init(.missingNumber, byteOffset: 0)),
      ("1. GiB", .init(.missingNumber, byteOffset: 2)),
      ("1", .init(.missingUnit, byteOffset: 1)),
      ("1.5  ", .init(.missingUnit, byteOffset: 5)),
      ("1 K", .init(.unknownUnit, byteOffset: 2)),
      ("1 KB", .init(.unknownUnit, byteOffset: 2)),
      ("1 kiB", .init(.unknownUnit, byteOffset: 2)),
      ("1 Kib", .init(.unknownUnit, byteOffset: 2)),
      ("1 ZiB", .init(.unknownUnit, byteOffset: 2)),
      ("1 GiBs", .init(.unknownUnit, byteOffset: 2)),
      ("1 GiB ", .init(.unknownUnit, byteOffset: 2)),
      ("1,5 GiB", .init(.unknownUnit, byteOffset: 1)),
      ("1.5.5 GiB", .init(.unknownUnit, byteOffset: 3)),
      ("1e3 B", .init(.unknownUnit, byteOffset: 1)),
      ("0x10 B", .init(.unknownUnit, byteOffset: 1)),
      ("1\tB", .init(.unknownUnit, byteOffset: 1)),
      ("1 data block", .init(.unknownUnit, byteOffset: 2)),
      ("1\u{a0}B", .init(.unknownUnit, byteOffset: 1)),
      ("1.5 B", .init(.notWhole, byteOffset: 0)),
      ("18446744073709551616 s", .init(.tooGreat, byteOffset: 0)),
      (String(repeating: "9", count: 100) + " B", .init(.tooGreat, byteOffset: 0)),
    ] as [(String, QuantityError)])
  func `anything else is refused with the reason and the place`(
    text: String, error: QuantityError
  ) {
    #expect(throws: error) { try Sectors(text) }
    #expect(error.description.contains("byte offset \(error.byteOffset)"))
  }

  @Test(
    arguments: [
      (0, "0 B"), (1, "1 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"),
      (1029, "1 KiB"), (1030, "1.01 KiB"), (1126, "1.1 KiB"), (1152, "1.13 KiB"),
      (1_048_570, "1023.99 KiB"), (1_048_571, "1 MiB"), (1_610_612_736, "1.5 GiB"),
      ((1 << 30) - 1, "1 GiB"), (1 << 40, "1 TiB"), (3 << 49, "1.5 PiB"), (1 << 70, "1024 EiB"),
      (.max, "295147905179352825856 EiB"),
    ] as [(UInt128, String)])
  func `a size is printed with two decimals at most`(size: UInt128, text: String) {
    #expect(Bytes(size).iec == text)
  }

  @Test func `every unit prints its size`() {
    #expect(Sectors(2048).iec == "1 MiB")
    #expect(Sectors(1).iec == "512 B")
    #expect(MetaBlocks(1).iec == "4 KiB")
    #expect(Sectors.max.iec == "8192 EiB")
  }

  @Test func `descriptions are read again`() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<5_000 {
      let bytes = Bytes(rawValue: generator.number())
      let sectors = Sectors(rawValue: generator.number())
      let blocks = MetaBlocks(rawValue: generator.number())
      let texts = (bytes.description, sectors.description, blocks.description)
      try #require(try Bytes(texts.0) == bytes)
      try #require(try Sectors(texts.1) == sectors)
      try #require(try MetaBlocks(texts.2) == blocks)
    }
  }

  @Test func `the exact decimal number of any size is read as that size`() throws {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<5_000 {
      let size: UInt64 = generator.number()
      guard let prefix = BinaryPrefix.allCases.randomElement(using: &generator) else { continue }
      // Long division, digit by digit, until nothing is left over.
      var (whole, rest) = size.quotientAndRemainder(dividingBy: prefix.factor)
      var text = "\(whole)."
      repeat {
        (whole, rest) = prefix.factor.dividingFullWidth(rest.multipliedFullWidth(by: 10))
        text += "\(whole)"
      } while rest != 0
      let fractionDigits = text.utf8.count - 1 - "\(size / prefix.factor)".utf8.count
      text += "\(prefix)B"
      if fractionDigits <= 38 {
        try #require(try Bytes(text) == Bytes(size), "\(text)")
      } else {
        try #require(try Bytes(text, rounding: .down) <= Bytes(size), "\(text)")
        try #require(try Bytes(text, rounding: .up) >= Bytes(size), "\(text)")
      }
    }
  }

  @Test func `what is printed is within half a hundredth of the size`() throws {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<5_000 {
      let size = Bytes(rawValue: UInt128(generator.number(as: UInt64.self)))
      let printed = try Bytes(size.iec, rounding: .down)
      let unit = BinaryPrefix.allCases.last { Bytes($0.factor) <= size }.map { $0.factor } ?? 1
      let difference = max(size, printed) - min(size, printed)
      try #require(difference <= Bytes(unit / 200 + 1), "\(size) \(size.iec)")
      try #require(!size.iec.contains(".0 ") && !size.iec.contains(".00"))
    }
  }

  @Test func `no text stops the program`() {
    var generator = SeededGenerator(seed: 10)
    let pieces = ["1", "9", "0", ".", " ", "B", "KiB", "EiB", "s", "sectors", "é", "\0", "iB", "-"]
    var readCount = 0
    for _ in 0..<50_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        let piece = pieces.randomElement(using: &generator) ?? ""
        let count = Int.random(in: 0..<10, using: &generator) == 0 ? 40 : 1
        text += String(repeating: piece, count: count)
      }
      for rounding in QuantityRounding.allCases {
        if (try? Sectors(text, rounding: rounding)) != nil { readCount += 1 }
      }
    }
    #expect(readCount > 1_000)
  }
}
