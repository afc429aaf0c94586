/// How much memory the deduplication index of a `vdo` takes: a quarter, half or three quarters of a
/// GiB, or whole ones.
public enum VdoIndexMemory: Hashable, Sendable {
  /// 256 MiB.
  case quarter
  /// 512 MiB.
  case half
  /// 768 MiB.
  case threeQuarters
  /// So many GiB.
  case gibibytes(UInt32)

  init?(bytes: Span<UInt8>) {
    let word = Word(bytes, offset: 0)
    if word == "0.25" {
      self = .quarter
    } else if word == "0.5" || word == "0.50" {
      self = .half
    } else if word == "0.75" {
      self = .threeQuarters
    } else if let number = bytes.decimal(as: UInt32.self), number > 0 {
      self = .gibibytes(number)
    } else {
      return nil
    }
  }

  /// The same in bytes.
  public var bytes: Bytes {
    let quarters: UInt64 =
      switch self {
      case .quarter: 1
      case .half: 2
      case .threeQuarters: 3
      case .gibibytes(let number): UInt64(number) * 4
      }
    return Bytes(quarters << 28)
  }
}

extension VdoIndexMemory: CustomStringConvertible {
  /// The number of GiB as a table has it: `0.25`, `0.5`, `0.75`, `1`.
  public var description: String {
    switch self {
    case .quarter: "0.25"
    case .half: "0.5"
    case .threeQuarters: "0.75"
    case .gibibytes(let number): "\(number)"
    }
  }
}

extension VdoIndexMemory: Codable {
  /// Decodes the number of GiB as a table has it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    let utf8 = text.utf8
    guard let memory = VdoIndexMemory(bytes: utf8.span) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text)\" is no size of an index")
    }
    self = memory
  }

  /// Encodes the number of GiB as a table has it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
