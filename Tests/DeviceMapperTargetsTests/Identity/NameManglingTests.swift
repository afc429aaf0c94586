import DeviceMapperTargets
import Mutations
import Testing

struct NameManglingTests {
  @Test(arguments: ManglingVector.all)
  func `every recorded result of libdevmapper is ours`(vector: ManglingVector) throws {
    for (index, mangling) in [NameMangling.auto, .hex].enumerated() {
      if vector.isUuid {
        let uuid = try DmUuid(kernelBytes: vector.input)
        check(vector.results[index]) { () throws(NameManglingError) in
          try uuid.mangled(mangling).array
        }
        check(vector.results[index + 2]) { () throws(NameManglingError) in
          try uuid.unmangled(mangling).array
        }
        #expect(try uuid.mangled(.none) == uuid)
        #expect(try uuid.unmangled(.none) == uuid)
      } else {
        let name = try DmName(kernelBytes: vector.input)
        check(vector.results[index]) { () throws(NameManglingError) in
          try name.mangled(mangling).array
        }
        check(vector.results[index + 2]) { () throws(NameManglingError) in
          try name.unmangled(mangling).array
        }
        #expect(try name.mangled(.none) == name)
        #expect(try name.unmangled(.none) == name)
      }
    }
  }

  private func check(
    _ result: ManglingVector.Result, _ body: () throws(NameManglingError) -> [UInt8]
  ) {
    do throws(NameManglingError) {
      let bytes = try body()
      #expect(result == .bytes(bytes))
    } catch {
      switch error {
      case .mangledTwice: #expect(result == .refusal("twice"))
      case .notMangled: #expect(result == .refusal("notMangled"))
      default: #expect(result == .refusal(""))
      }
    }
  }

  @Test(arguments: [
    (#"a b\x20c"#, NameManglingError.mixed(offset: 3)),
    (#"a\x20 b"#, .mixed(offset: 5)),
    (#"a\x5cx20"#, .mangledTwice(offset: 1)),
    (#"a b\x5cx20"#, .mangledTwice(offset: 3)),
    (#"a\x2"#, .malformedEscape(offset: 1)),
    (#"\xzz"#, .malformedEscape(offset: 0)),
    (#"\x"#, .malformedEscape(offset: 0)),
    (String(repeating: " ", count: 32), .tooLong(limit: 127)),
  ])
  func `a name that auto can't mangle is refused with the reason`(
    text: String, error: NameManglingError
  ) throws {
    let name = try DmName(text)
    #expect(throws: error) { try name.mangled() }
  }

  @Test(arguments: [
    ("a b", NameManglingError.notMangled(0x20, offset: 1)),
    (#"a\x5cx20"#, .mangledTwice(offset: 1)),
    (#"a\x2"#, .malformedEscape(offset: 1)),
    (#"\x4G"#, .malformedEscape(offset: 0)),
    (#"a\x00b"#, .escapedNul(offset: 1)),
  ])
  func `a name that auto can't unmangle is refused with the reason`(
    text: String, error: NameManglingError
  ) throws {
    let name = try DmName(text)
    #expect(throws: error) { try name.unmangled() }
    #expect(!error.description.isEmpty)
  }

  @Test func `any name that hex can mangle comes back`() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<20_000 {
      let bytes = generator.bytes(
        Int.random(in: 1...40, using: &generator), of: Array(#"\x5c20aG -/é"#.utf8) + [0xff])
      let name = try DmName(kernelBytes: bytes)
      guard let mangled = try? name.mangled(.hex) else { continue }
      try #require(try mangled.unmangled(.hex) == name, "\(name)")
    }
  }

  @Test func `what auto lets through stays when it is mangled again`() throws {
    var generator = SeededGenerator(seed: 5)
    var mangledCount = 0
    for _ in 0..<20_000 {
      let bytes = generator.bytes(
        Int.random(in: 1...8, using: &generator), of: Array(#"\x5c20aG -/é"#.utf8) + [0xff])
      let name = try DmName(kernelBytes: bytes)
      guard let mangled = try? name.mangled(.auto) else { continue }
      mangledCount += 1
      // A backslash before an x that auto had to mangle looks mangled twice from then on.
      guard let again = try? mangled.mangled(.auto) else { continue }
      try #require(again == mangled, "\(name)")
    }
    #expect(mangledCount > 10_000)
  }

  @Test func `the words are those of the environment variable`() {
    #expect(NameMangling.allCases.map(\.rawValue) == ["none", "auto", "hex"])
  }
}

struct ManglingVector: CustomTestStringConvertible {
  enum Result: Equatable {
    case bytes([UInt8])
    case refusal(String)
  }

  let row: Substring
  let isUuid: Bool
  let input: [UInt8]
  let results: [Result]

  var testDescription: String { String(row) }

  static let all = nameManglingVectors.split(separator: "\n").map { row in
    let fields = row.split(separator: "|", omittingEmptySubsequences: false)
    return ManglingVector(
      row: row, isUuid: fields[0] == "uuid", input: decoded(fields[1]),
      results: fields[2...].map { field in
        field.first == "!" ? .refusal(String(field.dropFirst())) : .bytes(decoded(field))
      })
  }

  private static func decoded(_ field: Substring) -> [UInt8] {
    let parts = field.split(separator: "%", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(into: Array(parts[0].utf8)) { bytes, part in
      bytes.append(UInt8(part.prefix(2), radix: 16) ?? 0)
      bytes += part.dropFirst(2).utf8
    }
  }
}
