/// Whether a status has figures, as `state` in the JSON form of targets that may have none.
enum WorkingState: String, Codable {
  case working, error, fail

  private enum CodingKeys: CodingKey { case state }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let word = try container.decode(String.self, forKey: .state)
    guard let state = WorkingState(rawValue: word) else {
      throw DecodingError.dataCorruptedError(
        forKey: .state, in: container, debugDescription: "\"\(word)\" is no state")
    }
    self = state
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rawValue, forKey: .state)
  }
}
