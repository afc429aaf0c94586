/// Why a value can't be a device-mapper identifier.
public struct IdentifierError: Error, Hashable, Sendable {
  /// The identifier that was asked for.
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// A device name, see ``DmName``.
    case name
    /// A device uuid, see ``DmUuid``.
    case uuid
    /// The name of a target, see ``TargetType``.
    case targetType
    /// The number of a volume in a thin pool, see ``ThinDevId``.
    case thinDevId
  }

  /// What is wrong with it.
  public enum Reason: Hashable, Sendable {
    /// There is not one byte.
    case empty
    /// `count` bytes, where the kernel's structures hold at most `limit`.
    case tooLong(count: Int, limit: Int)
    /// The byte at `offset` would be refused by the kernel, or lost or misread by what reads the
    /// identifier.
    case forbiddenByte(UInt8, offset: Int)
    /// The word has a meaning of its own in `/dev/mapper`.
    case reserved(String)
    /// The number `value` lies outside of `0...maximum`.
    case outOfRange(value: String, maximum: UInt64)
  }

  /// The identifier that was asked for.
  public var kind: Kind
  /// What is wrong with it.
  public var reason: Reason

  /// Creates an error from its two parts.
  public init(_ kind: Kind, _ reason: Reason) {
    self.kind = kind
    self.reason = reason
  }
}

extension IdentifierError: CustomStringConvertible {
  /// One sentence for people, without a full stop.
  public var description: String {
    switch reason {
    case .empty: "a \(kind) can't be empty"
    case .tooLong(let count, let limit): "a \(kind) has at most \(limit) bytes, not \(count)"
    case .forbiddenByte(let byte, let offset):
      "a \(kind) can't contain \(Self.describe(byte)), found at byte offset \(offset)"
    case .reserved(let word): "a \(kind) can't be \"\(word)\", which is reserved"
    case .outOfRange(let value, let maximum): "a \(kind) lies in 0...\(maximum), unlike \(value)"
    }
  }

  private static func describe(_ byte: UInt8) -> String {
    switch byte {
    case 0: "NUL"
    case 0x20: "a space"
    case 0x21...0x7e: "\"\(Unicode.Scalar(byte))\""
    default: "the byte \(byte.hexEscape)"
    }
  }
}

extension IdentifierError.Kind: CustomStringConvertible {
  /// The words for it, such as `device name`.
  public var description: String {
    switch self {
    case .name: "device name"
    case .uuid: "device uuid"
    case .targetType: "target type"
    case .thinDevId: "thin device id"
    }
  }
}
