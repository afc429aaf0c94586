/// A closed set of words that the kernel takes or prints, one a case.
///
/// A static string instead of a raw value: comparing with it costs a sixth of the instructions of
/// comparing with a `String`, and status lines are mostly such words.
public protocol Keyword: CaseIterable, Hashable, Sendable, Codable, CustomStringConvertible {
  /// The word as the kernel spells it.
  var keyword: StaticString { get }
}

extension Keyword {
  /// The case whose word is `text`, or `nil`.
  public init?(_ text: String) {
    for value in Self.allCases where text == "\(value.keyword)" {
      self = value
      return
    }
    return nil
  }

  /// The case whose word is `word`, whatever the case of its letters, or `nil`.
  init?(ignoringCase word: borrowing Word) {
    for value in Self.allCases where word.isEqualIgnoringCase(value.keyword) {
      self = value
      return
    }
    return nil
  }

  /// The word as the kernel spells it.
  public var description: String { "\(keyword)" }

  /// Decodes the word as the kernel spells it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Self(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text)\" is none of \(Self.listing)")
    }
    self = value
  }

  /// Encodes the word as the kernel spells it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// All words of the set, for messages: `rw, ro or out_of_data_space`.
  static var listing: String { listing(of: allCases.map { $0.description }) }

  static func listing(of words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
