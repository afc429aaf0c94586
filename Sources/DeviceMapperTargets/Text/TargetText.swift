/// Text of a table or status line, kept byte for byte as the kernel gave it or takes it.
///
/// The kernel promises no encoding, so neither does this type; ``description`` shows what is not
/// UTF-8 as `\xNN`. A text from a reply shares the reply's memory and keeps it alive.
public struct TargetText: Hashable, Sendable {
  private var storage: ArraySlice<UInt8>

  /// Creates an empty text.
  public init() { storage = [] }

  /// Creates a text of the UTF-8 bytes of `string`.
  public init(_ string: String) { storage = ArraySlice(string.utf8) }

  /// Creates a text by copying `bytes`.
  public init(bytes: Span<UInt8>) {
    guard !bytes.isEmpty else {
      storage = []
      return
    }
    storage = ArraySlice(unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) })
  }

  /// Creates a text that shares the memory of `bytes`.
  public init(sharing bytes: ArraySlice<UInt8>) { storage = bytes }

  /// The bytes of the text.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { storage.span }
  }

  /// The number of bytes.
  public var count: Int { storage.count }

  /// Whether there are no bytes.
  public var isEmpty: Bool { storage.isEmpty }

  /// The first `length` bytes, or all where there are fewer.
  public func prefix(_ length: Int) -> TargetText {
    TargetText(sharing: storage.prefix(max(0, length)))
  }

  /// The text without blanks at its ends.
  public var trimmed: TargetText {
    let range = storage.span.trimmed(0..<storage.count)
    return TargetText(
      sharing: storage.dropFirst(range.lowerBound).dropLast(storage.count - range.upperBound))
  }

  /// The text as a string, or `nil` when it isn't UTF-8.
  public var string: String? { String(validating: storage, as: UTF8.self) }
}

extension TargetText: ExpressibleByStringLiteral {
  /// Creates a text from a literal.
  public init(stringLiteral value: String) { self.init(value) }
}

extension TargetText: CustomStringConvertible {
  /// The text, with every byte that is not part of UTF-8 shown as `\xNN`.
  public var description: String { String(printing: storage.span) }
}

extension TargetText: Codable {
  /// Decodes a string, or the array of byte values that stands for a text that isn't UTF-8.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let string = try? container.decode(String.self) {
      self.init(string)
    } else {
      self.init(sharing: try container.decode([UInt8].self)[...])
    }
  }

  /// Encodes a string, or the array of byte values where the text isn't UTF-8.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let string { try container.encode(string) } else { try container.encode(Array(storage)) }
  }
}
