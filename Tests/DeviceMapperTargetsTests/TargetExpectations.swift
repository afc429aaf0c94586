import DeviceMapperTargets
import Foundation
import Testing

/// Expects that `line` is read, printed as `printed` (or as it was, but for blanks at its ends),
/// read again as the same value, and comes back from JSON.
@discardableResult
func expectRoundTrip<Content: SingleTargetContent>(
  _ type: Content.Type, _ line: String, printed: String? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> Content {
  let content = try Content(parsing: line)
  let text = content.text
  #expect(
    text.description == printed ?? TargetText(line).trimmed.description,
    sourceLocation: sourceLocation)
  #expect(try Content(parsing: text.bytes) == content, sourceLocation: sourceLocation)
  try expectJSONRoundTrip(content, sourceLocation: sourceLocation)
  return content
}

/// Expects that `line` is refused because of `field`.
func expectParseError<Content: SingleTargetContent>(
  _ type: Content.Type, _ line: String, _ field: String, _ offset: Int, _ reason: ParseError.Reason,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let error = #expect(throws: ParseError.self, sourceLocation: sourceLocation) {
    try Content(parsing: line)
  }
  guard let error else { return }
  #expect(error.field == field, sourceLocation: sourceLocation)
  #expect(error.offset == offset, sourceLocation: sourceLocation)
  #expect(error.reason == reason, sourceLocation: sourceLocation)
  #expect(error.target == Content.targetType, sourceLocation: sourceLocation)
}

/// Expects that no value is decoded from `json`.
func expectRefusedJSON<Content: Decodable>(
  _ type: Content.Type, _ json: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(throws: DecodingError.self, sourceLocation: sourceLocation) {
    try JSONDecoder().decode(Content.self, from: Data(json.utf8))
  }
}

/// Expects that `value` comes back from JSON.
func expectJSONRoundTrip<Value: Codable & Equatable>(
  _ value: Value, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let json = try JSONEncoder().encode(value)
  #expect(try JSONDecoder().decode(Value.self, from: json) == value, sourceLocation: sourceLocation)
}

/// Decodes a value from `json`.
func decodeJSON<Content: Decodable>(_ type: Content.Type, _ json: String) throws -> Content {
  try JSONDecoder().decode(Content.self, from: Data(json.utf8))
}
