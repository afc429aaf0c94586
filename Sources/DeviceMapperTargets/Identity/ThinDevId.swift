/// The number of a volume in its thin pool: 24 bits, chosen by whoever creates the volume.
///
/// Document: `Documentation/admin-guide/device-mapper/thin-provisioning.rst`.
public struct ThinDevId: BitwiseCopyable, Hashable, Sendable {
  /// The greatest number, 2^24 - 1.
  public static let maximum = ThinDevId(unchecked: 0xff_ffff)

  /// The number.
  public let rawValue: UInt32

  private init(unchecked rawValue: UInt32) { self.rawValue = rawValue }

  /// Checks that `number` has at most 24 bits.
  ///
  /// - Throws: `IdentifierError` with the reason
  ///   ``IdentifierError/Reason/outOfRange(value:maximum:)``.
  public init(_ number: some BinaryInteger) throws(IdentifierError) {
    guard let rawValue = UInt32(exactly: number), rawValue <= Self.maximum.rawValue else {
      throw IdentifierError(
        .thinDevId,
        .outOfRange(value: "\(number)", maximum: UInt64(Self.maximum.rawValue)))
    }
    self.init(unchecked: rawValue)
  }
}

extension ThinDevId: Comparable {
  /// Orders by the number.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension ThinDevId: CustomStringConvertible {
  /// The number in decimal, as messages and tables have it.
  public var description: String { String(rawValue) }
}

extension ThinDevId: ExpressibleByIntegerLiteral {
  /// Makes an id from a literal.
  ///
  /// - Precondition: the literal has at most 24 bits. `ThinDevId(5)` is a literal too: check a
  ///   number that isn't known beforehand in a variable.
  public init(integerLiteral value: UInt64) {
    do throws(IdentifierError) { try self.init(value) } catch { preconditionFailure("\(error)") }
  }
}

extension ThinDevId: Codable {
  /// Reads a number and checks it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let number = try container.decode(UInt64.self)
    do throws(IdentifierError) {
      try self.init(number)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
    }
  }

  /// Writes the number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
