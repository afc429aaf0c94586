extension FlakeyFeatures {
  /// A byte that is replaced in the data of some requests.
  public struct Corruption: Hashable, Sendable, Codable {
    /// The requests whose data are changed.
    public enum Direction: Keyword {
      /// Reads.
      case read
      /// Writes.
      case write

      /// The word in a table.
      public var keyword: StaticString {
        switch self {
        case .read: "r"
        case .write: "w"
        }
      }
    }

    /// Which byte of the request is replaced, counted from 1.
    public let byte: UInt32
    /// The requests whose data are changed.
    public let direction: Direction
    /// What the byte is replaced by.
    public let value: UInt8
    /// Only requests with all these flags of `bi_opf` are changed; their values are the kernel's.
    public let flags: UInt32

    /// Creates a corruption from its parts.
    ///
    /// - Throws: ``ParameterError`` if `byte` is 0.
    public init(
      byte: UInt32, direction: Direction, value: UInt8, flags: UInt32 = 0
    ) throws(ParameterError) {
      guard byte > 0 else {
        throw ParameterError(.flakey, "byte to corrupt", rule: "1 or more")
      }
      self.byte = byte
      self.direction = direction
      self.value = value
      self.flags = flags
    }

    /// Decodes the parts and checks them like ``init(byte:direction:value:flags:)``.
    public init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      let byte = try values.decode(UInt32.self, forKey: .byte)
      let direction = try values.decode(Direction.self, forKey: .direction)
      let value = try values.decode(UInt8.self, forKey: .value)
      let flags = try values.decode(UInt32.self, forKey: .flags)
      self = try decoder.checked { () throws(ParameterError) in
        try Self(byte: byte, direction: direction, value: value, flags: flags)
      }
    }
  }
}

extension FlakeyFeatures.Corruption {
  init(fields: inout FieldScanner) throws(ParseError) {
    byte = try fields.number("byte to corrupt", in: 1...UInt32.max)
    direction = try fields.keyword("direction", ignoringCase: true)
    value = try fields.number("value")
    flags = try fields.number("flags")
  }

  func write(to text: inout TextWriter) {
    text.word("corrupt_bio_byte")
    text.number(byte)
    text.keyword(direction)
    text.number(value)
    text.number(flags)
  }
}
