/// Up to `capacity` bytes held in place, so that a kernel identifier costs no allocation.
package struct InlineBytes<let capacity: Int>: BitwiseCopyable, Sendable {
  private var storage: InlineArray<capacity, UInt8>
  private var length: UInt8

  /// Starts empty.
  package init() {
    storage = InlineArray(repeating: 0)
    length = 0
  }

  /// Copies `bytes`, or returns `nil` when there are more than `capacity`.
  package init?(_ bytes: Span<UInt8>) {
    guard bytes.count <= capacity, bytes.count <= Int(UInt8.max) else { return nil }
    self.init()
    length = UInt8(bytes.count)
    for index in bytes.indices { storage[index] = bytes[index] }
  }

  package var count: Int { Int(length) }

  package var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { storage.span.extracting(first: Int(length)) }
  }

  /// Adds `byte` at the end, or returns `false` when there is no room.
  package mutating func append(_ byte: UInt8) -> Bool {
    guard count < capacity, length < .max else { return false }
    storage[count] = byte
    length += 1
    return true
  }
}

extension InlineBytes: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.firstDifference(from: right) == nil
  }

  /// Feeds the bytes in one piece (the hasher's bounded and fast way) and the length as a
  /// terminator.
  package func hash(into hasher: inout Hasher) {
    unsafe bytes.withUnsafeBytes { bytes in unsafe hasher.combine(bytes: bytes) }
    hasher.combine(length)
  }
}

extension InlineBytes: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    guard let (leftWord, rightWord) = left.firstDifference(from: right) else {
      return left.count < right.count
    }
    return leftWord < rightWord
  }

  /// The first eight bytes, or the first byte of the rest, that differ within the shorter length,
  /// as numbers that compare as the bytes do.
  ///
  /// Eight at a time, for names mostly differ late: `vg-volume1`, `vg-volume2`. The loads check
  /// bounds; they are `unsafe` for the type, which is a plain number here.
  private func firstDifference(from other: Self) -> (UInt64, UInt64)? {
    let (left, right) = unsafe (bytes.bytes, other.bytes.bytes)
    let count = min(left.byteCount, right.byteCount)
    var offset = 0
    while offset + 8 <= count {
      let leftWord = unsafe left.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let rightWord = unsafe right.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if leftWord != rightWord { return (leftWord.bigEndian, rightWord.bigEndian) }
      offset += 8
    }
    let (leftBytes, rightBytes) = (bytes, other.bytes)
    while offset < count {
      let (leftByte, rightByte) = (leftBytes[offset], rightBytes[offset])
      if leftByte != rightByte { return (UInt64(leftByte), UInt64(rightByte)) }
      offset += 1
    }
    return nil
  }
}
