/// The name of a target, such as `thin-pool`: the third word of a table line.
///
/// The set is open: any name of 1 to 15 bytes without blanks, NUL and control characters. The
/// targets of the Linux tree are static members. Linux field: `target_type` in `struct
/// dm_target_spec`.
public struct TargetType: BitwiseCopyable, Hashable, Sendable {
  /// The most bytes that a name has, the NUL that ends it in the kernel's structures not counted.
  public static let maximumLength = 15

  let storage: InlineBytes<15, 2>

  /// Checks `string`, the name of a target.
  ///
  /// - Throws: `IdentifierError` with the reason.
  public init(_ string: String) throws(IdentifierError) {
    let utf8 = string.utf8
    try self.init(bytes: utf8.span)
  }

  /// Checks `bytes`, the name of a target without a NUL at its end.
  ///
  /// - Throws: `IdentifierError` with the reason.
  public init(bytes: Span<UInt8>) throws(IdentifierError) {
    guard !bytes.isEmpty else { throw IdentifierError(.targetType, .empty) }
    guard let storage = InlineBytes<15, 2>(short: bytes) else {
      throw IdentifierError(
        .targetType, .tooLong(count: bytes.count, limit: Self.maximumLength))
    }
    if let offset = storage.firstBlankOrControl {
      throw IdentifierError(.targetType, .forbiddenByte(bytes[offset], offset: offset))
    }
    self.storage = storage
  }

  /// Keeps the name that stands in front of the first blank of sixteen bytes, given as numbers in the
  /// machine's order, or returns `nil` when there is none or when the name isn't one.
  @inline(__always)
  init?(beforeBlank words: (UInt64, UInt64)) {
    guard let storage = InlineBytes<15, 2>(beforeBlank: words) else { return nil }
    self.storage = storage
  }

  /// Keeps the name that stands in front of the first NUL of sixteen bytes, given as numbers in the
  /// machine's order, or returns `nil` when there is none.
  package init?(words: (UInt64, UInt64)) {
    guard let storage = InlineBytes<15, 2>(words: words), storage.count > 0,
      storage.firstBlankOrControl == nil
    else { return nil }
    self.storage = storage
  }

  /// The bytes of the name and NULs behind them, sixteen in all, as numbers in the machine's order.
  package var words: (UInt64, UInt64) { storage.words }

  /// The bytes of the name.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { storage.bytes }
  }
}

extension TargetType {
  /// Compares the bytes.
  @inline(__always)
  public static func == (left: Self, right: Self) -> Bool { left.number == right.number }

  /// The bytes as one number: a `switch` over that is a search by halves, and one over two words
  /// compares with each of thirty types in turn.
  @inline(__always)
  private var number: UInt128 { storage.number }
}

extension TargetType: Comparable {
  /// Orders by the values of the bytes, as `strcmp` does.
  public static func < (left: Self, right: Self) -> Bool { left.storage < right.storage }
}

extension TargetType: CustomStringConvertible {
  /// The name, with `\xNN` for each byte that isn't part of valid UTF-8.
  public var description: String { storage.escaped }
}

extension TargetType: ExpressibleByStringLiteral {
  /// Makes a target type from a literal.
  ///
  /// - Precondition: ``init(_:)`` accepts the literal. `TargetType("literal")` is a literal too:
  ///   check text that isn't known beforehand in a variable.
  public init(stringLiteral value: String) {
    do throws(IdentifierError) { try self.init(value) } catch { preconditionFailure("\(error)") }
  }
}

extension TargetType: Codable {
  /// Reads a string, or an array of bytes, and checks it as ``init(bytes:)`` does.
  public init(from decoder: any Decoder) throws {
    let bytes = try InlineBytes<15, 2>.decode(from: decoder)
    do throws(IdentifierError) {
      try self.init(bytes: bytes.span)
    } catch {
      throw DecodingError.invalid(error, in: decoder)
    }
  }

  /// Writes a string, or an array of bytes where they are not UTF-8.
  public func encode(to encoder: any Encoder) throws { try storage.encode(to: encoder) }
}
