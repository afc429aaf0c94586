/// The type of target as `target` in the JSON form of a line's content, beside the fields.
enum TargetTypeKey: CodingKey {
  case target

  static func decode(from decoder: any Decoder) throws -> TargetType {
    try decoder.container(keyedBy: Self.self).decode(TargetType.self, forKey: .target)
  }

  static func encode(_ type: TargetType, to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Self.self)
    try container.encode(type, forKey: .target)
  }
}
