import DeviceMapperTargets
import Foundation
import Testing

struct TargetWordTests {
  @Test(arguments: [
    "a", "migration_threshold", "of exactly 23 bytes: oh".replacing(" ", with: "-"),
    "a-name-that-is-longer-than-twenty-three-bytes", "with\\ a\\ blank", "ünïcödé",
  ])
  func `a word is printed and decoded as it was spelled`(text: String) throws {
    let word = try #require(TargetWord(text))
    #expect(word.description == text)
    #expect(word.text == TargetText(text))
    #expect(word == TargetWord(stringLiteral: text))
    try expectJSONRoundTrip(word)
  }

  @Test(arguments: ["", " ", "two words", "a\tb", "a\n", "a\0b", "a\\", "a\\\\ b"])
  func `a text that a table takes for no word or several is none`(text: String) {
    #expect(TargetWord(text) == nil)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(TargetWord.self, from: JSONEncoder().encode(text))
    }
  }

  @Test func `words of different lengths differ`() {
    let words = ["a", "aa", "aaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaa"]
    #expect(Set(words.map { TargetWord($0) }).count == words.count)
  }
}
