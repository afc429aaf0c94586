/// Up to `capacity` bytes held in place, so that a kernel identifier costs no allocation.
///
/// The bytes after the last one are zero at any time: comparisons look at eight bytes at once and
/// over the end of the shorter side.
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
    // One block: a checked subscript for each byte costs five times the instructions.
    var target = storage.mutableSpan
    unsafe bytes.withUnsafeBytes { source in
      unsafe target.withUnsafeMutableBytes { target in unsafe target.copyMemory(from: source) }
    }
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
  package static func == (left: borrowing Self, right: borrowing Self) -> Bool {
    guard left.length == right.length else { return false }
    // One span for the whole loop: each costs a copy of the storage.
    let (leftBytes, rightBytes) = (left.storage.span, right.storage.span)
    var offset = 0
    while offset < left.length {
      if leftBytes.word(at: offset) != rightBytes.word(at: offset) { return false }
      offset &+= 8
    }
    return true
  }

  /// Feeds the bytes in one piece (the hasher's bounded and fast way) and the length as a
  /// terminator.
  package func hash(into hasher: inout Hasher) {
    unsafe bytes.withUnsafeBytes { bytes in unsafe hasher.combine(bytes: bytes) }
    hasher.combine(length)
  }
}

extension InlineBytes: Comparable {
  package static func < (left: borrowing Self, right: borrowing Self) -> Bool {
    let (leftBytes, rightBytes) = (left.storage.span, right.storage.span)
    let count = min(left.length, right.length)
    var offset = 0
    while offset < count {
      let (leftWord, rightWord) = (leftBytes.word(at: offset), rightBytes.word(at: offset))
      if leftWord != rightWord { return leftWord < rightWord }
      offset &+= 8
    }
    return left.length < right.length
  }
}

extension InlineBytes {
  /// The offset of the first NUL, or `nil`.
  package var firstNul: Int? {
    let bytes = storage.span
    var offset = 0
    while offset &+ 8 <= count {
      let word = bytes.word(at: offset)
      // A borrow reaches the top bit of a byte that is zero, of which none but the first is sure.
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { break }
      offset &+= 8
    }
    while offset < count {
      if bytes[offset] == 0 { return offset }
      offset &+= 1
    }
    return nil
  }
}

extension Span<UInt8> {
  /// Eight bytes from `offset` on (the last eight, where fewer follow; all, where there are fewer
  /// at all), as a number that compares as the bytes do.
  ///
  /// The offset is brought inside here, once, and not checked again by the load.
  fileprivate func word(at offset: Int) -> UInt64 {
    guard count >= 8 else {
      var word: UInt64 = 0
      for index in indices { word = word << 8 | UInt64(self[index]) }
      return word
    }
    return unsafe bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: Swift.max(0, Swift.min(offset, count &- 8)), as: UInt64.self
    ).bigEndian
  }
}
