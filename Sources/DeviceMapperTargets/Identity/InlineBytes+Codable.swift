extension InlineBytes {
  /// Encodes a string, or an array of numbers where the bytes are not UTF-8.
  package func encode(to encoder: any Encoder) throws {
    if let string {
      var container = encoder.singleValueContainer()
      try container.encode(string)
    } else {
      var container = encoder.unkeyedContainer()
      let bytes = self.bytes
      for index in bytes.indices { try container.encode(bytes[index]) }
    }
  }

  /// Reads the bytes that ``encode(to:)`` wrote, and of more than `capacity` only so many that the
  /// excess shows.
  package static func decode(from decoder: any Decoder) throws -> [UInt8] {
    if let string = try? decoder.singleValueContainer().decode(String.self) {
      return Array(string.utf8.prefix(capacity + 1))
    }
    guard var container = try? decoder.unkeyedContainer() else {
      throw DecodingError.typeMismatch(
        String.self,
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "expected a string or an array of bytes"
        ))
    }
    var bytes: [UInt8] = []
    while !container.isAtEnd, bytes.count <= capacity {
      bytes.append(try container.decode(UInt8.self))
    }
    return bytes
  }
}

extension DecodingError {
  /// What `error` is while `decoder` is read.
  package static func invalid(_ error: IdentifierError, in decoder: any Decoder) -> DecodingError {
    .dataCorrupted(Context(codingPath: decoder.codingPath, debugDescription: error.description))
  }
}
