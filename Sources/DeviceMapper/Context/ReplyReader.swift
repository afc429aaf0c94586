import DeviceMapperTargets
import Glibc

/// Reads the kernel's reply, every access inside of the bytes that it says it wrote.
///
/// A kernel doesn't lie, but a truncated or misunderstood reply must be an error and not a trap.
package struct ReplyReader: ~Escapable {
  /// The reply, header included, as long as the kernel says that it is.
  let bytes: Span<UInt8>
  /// Where the data behind the header begins.
  let dataStart: Int

  /// Takes the buffer of an ioctl that succeeded.
  @_lifetime(copy buffer)
  package init(_ buffer: Span<UInt8>) throws(ReplyError) {
    guard buffer.count >= RequestLayout.minimumDataSize else {
      throw ReplyError(.header, offset: buffer.count)
    }
    let size = Int(buffer.load(UInt32.self, at: RequestLayout.dataSize))
    guard size >= RequestLayout.minimumDataSize, size <= buffer.count else {
      throw ReplyError(.dataSize, offset: RequestLayout.dataSize)
    }
    bytes = buffer.extracting(first: size)
    dataStart = Int(bytes.load(UInt32.self, at: RequestLayout.dataStart))
    guard dataStart >= RequestLayout.minimumDataSize else {
      throw ReplyError(.dataStart, offset: RequestLayout.dataStart)
    }
  }

  var flags: DmFlags {
    DmFlags(rawValue: bytes.load(UInt32.self, at: RequestLayout.flags))
  }

  var targetCount: Int { Int(bytes.load(UInt32.self, at: RequestLayout.targetCount)) }

  /// An integer of the data, if it lies inside.
  func load<Number: FixedWidthInteger & BitwiseCopyable>(
    _ field: ReplyError.Field, _ type: Number.Type, at offset: Int
  ) throws(ReplyError) -> Number {
    try require(field, MemoryLayout<Number>.size, at: offset)
    return bytes.load(type, at: offset)
  }

  /// Makes sure that `count` bytes from `offset` on lie inside.
  @inline(__always)
  func require(
    _ field: ReplyError.Field, _ count: Int, at offset: Int
  ) throws(ReplyError) {
    guard offset >= 0, offset <= bytes.count &- count else {
      throw ReplyError(field, offset: offset)
    }
  }

  /// The bytes from `offset` to the next NUL, at most `limit` of them.
  func string(
    _ field: ReplyError.Field, at offset: Int, limit: Int = .max
  ) throws(ReplyError) -> Range<Int> {
    guard offset >= 0, offset < bytes.count else { throw ReplyError(field, offset: offset) }
    let length = unsafe bytes.withUnsafeBytes { bytes -> Int? in
      guard let start = unsafe bytes.baseAddress?.advanced(by: offset),
        let end = unsafe memchr(start, 0, min(limit, bytes.count &- offset))
      else { return nil }
      return unsafe UnsafeRawPointer(end) - start
    }
    guard let length else { throw ReplyError(field, offset: offset) }
    return unsafe Range(uncheckedBounds: (offset, offset &+ length))
  }

  /// The name in a range that ``string(_:at:limit:)`` found, or `nil` if it is empty or too long.
  func name(_ range: Range<Int>) -> DmName? {
    guard !range.isEmpty, range.count <= DmName.maximumLength else { return nil }
    return DmName(reply: bytes.extracting(range))
  }

  /// The uuid in a range that ``string(_:at:limit:)`` found, or `nil` if it is empty or too long.
  func uuid(_ range: Range<Int>) -> DmUuid? {
    guard !range.isEmpty, range.count <= DmUuid.maximumLength else { return nil }
    return DmUuid(reply: bytes.extracting(range))
  }

  /// The offset of the record behind the one from `offset` to `end`, or `nil` behind the last.
  ///
  /// The kernel never points back; a reply that does would never end.
  func next(_ step: UInt32, behind offset: Int, to end: Int) throws(ReplyError) -> Int? {
    if step == 0 { return nil }
    let next = offset + Int(step)
    guard next >= end, next < bytes.count else {
      throw ReplyError(.next, offset: offset)
    }
    return next
  }
}

extension Span<UInt8> {
  /// An integer in the machine's byte order at `offset`, which the caller knows to lie inside.
  func load<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, at offset: Int
  ) -> Number {
    // Every bit pattern is an integer, and the bounds are checked.
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type)
  }
}
