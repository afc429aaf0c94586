/// The uuid of a device-mapper device: any text that names it for good, not only an RFC 4122 UUID.
///
/// A uuid that is made here is checked: 1 to 128 bytes, without `/`, NUL and control characters.
/// One that comes from the kernel is kept byte for byte with ``init(kernelBytes:)``, UTF-8 or not.
/// Comparing, hashing and copying allocate nothing.
///
/// The kernel takes a `/`, but udev makes the link `/dev/disk/by-id/dm-uuid-…` of it, where it
/// would be a folder. Linux field: `uuid` in `struct dm_ioctl`.
public struct DmUuid: BitwiseCopyable, Hashable, Sendable {
  /// The most bytes that a uuid has, the NUL that ends it in the kernel's structures not counted.
  public static let maximumLength = 128

  @usableFromInline let storage: InlineBytes<128, 17>

  /// Takes bytes that are not empty and hold no NUL.
  init(storage: InlineBytes<128, 17>) { self.storage = storage }

  /// Checks `string`, the uuid of a device to be made or found.
  ///
  /// - Throws: `IdentifierError` with the reason, and with the offset of the first byte that is
  ///   refused.
  public init(_ string: String) throws(IdentifierError) {
    let utf8 = string.utf8
    let bytes = utf8.span
    for index in bytes.indices where bytes[index].isControl || bytes[index] == UInt8(ascii: "/") {
      throw IdentifierError(.uuid, .forbiddenByte(bytes[index], offset: index))
    }
    try self.init(kernelBytes: bytes)
  }

  /// Keeps `bytes`, a uuid that the kernel reports, without the NUL that ends it there.
  ///
  /// - Throws: `IdentifierError` when there is no byte, a NUL, or more than ``maximumLength``.
  public init(kernelBytes bytes: Span<UInt8>) throws(IdentifierError) {
    guard !bytes.isEmpty else { throw IdentifierError(.uuid, .empty) }
    guard let storage = InlineBytes<128, 17>(bytes) else {
      throw IdentifierError(.uuid, .tooLong(count: bytes.count, limit: Self.maximumLength))
    }
    if let offset = storage.firstNul {
      throw IdentifierError(.uuid, .forbiddenByte(0, offset: offset))
    }
    self.storage = storage
  }

  /// Keeps `bytes`, at least one and at most ``maximumLength``, none of which is NUL: what stands in
  /// front of one in a reply.
  @inlinable
  // Inlinable like that of ``DmName``.
  package init(reply bytes: Span<UInt8>) {
    precondition(!bytes.isEmpty && bytes.count <= Self.maximumLength)
    storage = InlineBytes(fitting: bytes)
  }

  /// The bytes, as the kernel has them.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { storage.bytes }
  }

  /// The text, or `nil` when the bytes are not UTF-8.
  public var string: String? { storage.string }
}

extension DmUuid: Comparable {
  /// Orders by the values of the bytes, as `strcmp` does.
  public static func < (left: Self, right: Self) -> Bool { left.storage < right.storage }
}

extension DmUuid: CustomStringConvertible {
  /// The text, with `\xNN` for each byte that isn't part of valid UTF-8.
  public var description: String { storage.escaped }
}

extension DmUuid: ExpressibleByStringLiteral {
  /// Makes a uuid from a literal.
  ///
  /// - Precondition: ``init(_:)`` accepts the literal. `DmUuid("literal")` is a literal too: check
  ///   text that isn't known beforehand in a variable.
  public init(stringLiteral value: String) {
    do throws(IdentifierError) { try self.init(value) } catch { preconditionFailure("\(error)") }
  }
}

extension DmUuid: Codable {
  /// Reads a string, or an array of bytes, and refuses nothing but a wrong length and NUL, so that
  /// every uuid that the kernel reported comes back.
  public init(from decoder: any Decoder) throws {
    let bytes = try InlineBytes<128, 17>.decode(from: decoder)
    do throws(IdentifierError) {
      try self.init(kernelBytes: bytes.span)
    } catch {
      throw DecodingError.invalid(error, in: decoder)
    }
  }

  /// Writes a string, or an array of bytes where they are not UTF-8.
  public func encode(to encoder: any Encoder) throws { try storage.encode(to: encoder) }
}
