/// Which of several forms a value has, as `state` in its JSON object, beside the form's fields.
enum StateKey: CodingKey {
  case state

  static func decode<State: Keyword>(from decoder: any Decoder) throws -> State {
    try decoder.container(keyedBy: Self.self).decode(State.self, forKey: .state)
  }

  static func encode(_ state: some Keyword, to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Self.self)
    try container.encode(state, forKey: .state)
  }
}
