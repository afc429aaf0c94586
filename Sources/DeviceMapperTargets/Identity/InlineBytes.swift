/// Up to `capacity` bytes held in place, so that a kernel identifier costs no allocation.
///
/// The bytes stand in `words` numbers of eight bytes, with zeroes behind the last one and the count
/// in the very last byte, so `words * 8` must be more than `capacity`. Comparing takes a word at a
/// time; and a value of words is passed on in registers as it is, while the compiler takes one of
/// bytes apart and puts it together again at each call.
@usableFromInline
package struct InlineBytes<let capacity: Int, let words: Int>: BitwiseCopyable, Sendable {
  @usableFromInline var storage: InlineArray<words, UInt64>

  /// Starts empty.
  @inlinable
  package init() { storage = InlineArray(repeating: 0) }

  /// Copies `bytes`, or returns `nil` when there are more than `capacity`.
  @inline(__always)
  package init?(_ bytes: Span<UInt8>) {
    guard bytes.count <= capacity, bytes.count < words * 8 else { return nil }
    self.init(fitting: bytes)
  }

  /// Copies `bytes`, which are no more than `capacity`.
  @inlinable @inline(__always)
  init(fitting bytes: Span<UInt8>) {
    self.init()
    unsafe bytes.withUnsafeBytes { unsafe fill(with: $0) }
  }

  /// Copies a text that isn't longer than `capacity`.
  ///
  /// Inlined, a constant text becomes constant words: no code at all.
  @inline(__always)
  init(_ text: StaticString) {
    self.init()
    text.withUTF8Buffer { unsafe fill(with: UnsafeRawBufferPointer($0)) }
  }

  @inlinable @inline(__always)
  mutating func fill(with bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count <= capacity && bytes.count < words * 8)
    var span = storage.mutableSpan
    var raw = unsafe span.mutableBytes
    // One block: a checked store for each byte costs five times the instructions.
    unsafe raw.withUnsafeMutableBytes { unsafe $0.copyMemory(from: bytes) }
    raw.storeBytes(
      of: UInt8(truncatingIfNeeded: bytes.count), toByteOffset: words * 8 - 1, as: UInt8.self)
  }

  package var count: Int {
    // The last byte of the last word, and the lowest one of that word as it compares.
    Int(storage[words - 1].bigEndian & 0xff)
  }

  package var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get {
      // Every byte of a word is initialised, and bytes need no alignment.
      unsafe Span<UInt8>(_bytes: storage.span.bytes).extracting(first: count)
    }
  }

  /// Adds `byte` at the end, or returns `false` when there is no room.
  package mutating func append(_ byte: UInt8) -> Bool {
    let count = count
    guard count < capacity else { return false }
    var span = storage.mutableSpan
    var raw = unsafe span.mutableBytes
    raw.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    raw.storeBytes(
      of: UInt8(truncatingIfNeeded: count &+ 1), toByteOffset: words * 8 - 1, as: UInt8.self)
    return true
  }
}

extension InlineBytes: Hashable {
  @inlinable @inline(__always)
  // Two comparisons then decide which of thirty types of target a line has.
  package static func == (left: borrowing Self, right: borrowing Self) -> Bool {
    for index in 0..<words where left.storage[index] != right.storage[index] { return false }
    return true
  }

  /// Feeds the bytes in one piece (the hasher's bounded and fast way) and the length as a
  /// terminator.
  @usableFromInline
  package func hash(into hasher: inout Hasher) {
    unsafe bytes.withUnsafeBytes { bytes in unsafe hasher.combine(bytes: bytes) }
    hasher.combine(UInt8(truncatingIfNeeded: count))
  }
}

extension InlineBytes: Comparable {
  @usableFromInline
  package static func < (left: borrowing Self, right: borrowing Self) -> Bool {
    // The first byte is the highest of its word. Of two values of which one begins with the other,
    // the longer one has a byte or, if that is zero, the greater count.
    for index in 0..<words where left.storage[index] != right.storage[index] {
      return left.storage[index].bigEndian < right.storage[index].bigEndian
    }
    return false
  }
}

extension InlineBytes {
  /// The offset of the first NUL, or `nil`.
  package var firstNul: Int? { first { Self.zeroes($0) } }

  /// The offset of the first blank or ASCII control character, or `nil`.
  @inline(__always)
  package var firstBlankOrControl: Int? {
    first { Self.blanksOrControls($0) | Self.zeroes($0 ^ 0x7f7f_7f7f_7f7f_7f7f) }
  }

  /// The top bits of the bytes up to the blank, and perhaps of others behind the first of them, to
  /// which a borrow reaches.
  static func blanksOrControls(_ word: UInt64) -> UInt64 {
    (word &- 0x2121_2121_2121_2121) & ~word & 0x8080_8080_8080_8080
  }

  /// The top bits of the bytes that are zero, and perhaps of others behind the first of them, to
  /// which a borrow reaches.
  static func zeroes(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// The offset of the first byte that `find` marks in its word, the first byte of which is lowest.
  @inline(__always)
  private func first(_ find: (UInt64) -> UInt64) -> Int? {
    for index in 0..<words {
      let found = find(storage[index].littleEndian)
      if found != 0 {
        let offset = index &* 8 &+ found.trailingZeroBitCount / 8
        return offset < count ? offset : nil
      }
    }
    return nil
  }
}

extension InlineBytes<15, 2> {
  /// The bytes and zeroes behind them, without the count.
  var words: (UInt64, UInt64) { (storage[0], storage[1] & ~UInt64(bigEndian: 0xff)) }

  /// All of it as one number.
  @inline(__always)
  var number: UInt128 { UInt128(storage[1]) << 64 | UInt128(storage[0]) }

  /// Keeps the bytes in front of the first blank of `words`, or returns `nil` when there is none or
  /// when a control character is in front of it.
  @inline(__always)
  init?(beforeBlank words: (UInt64, UInt64)) {
    let (first, second) = (words.0.littleEndian, words.1.littleEndian)
    let (firstEnd, secondEnd) = (Self.blanksOrControls(first), Self.blanksOrControls(second))
    let blank = UInt64(UInt8(ascii: " "))
    if firstEnd != 0 {
      let count = firstEnd.trailingZeroBitCount / 8
      guard first &>> UInt64(truncatingIfNeeded: 8 &* count) & 0xff == blank else { return nil }
      self.init(first & Self.mask(count), 0, count: count)
    } else if secondEnd != 0 {
      let count = secondEnd.trailingZeroBitCount / 8
      guard second &>> UInt64(truncatingIfNeeded: 8 &* count) & 0xff == blank else { return nil }
      self.init(first, second & Self.mask(count), count: 8 &+ count)
    } else {
      return nil
    }
    let deletes = (Self.zeroes(first ^ Self.deletes), Self.zeroes(second ^ Self.deletes))
    // Whatever is behind the blank: such a name is left to the slower way.
    guard count > 0, deletes.0 | deletes.1 == 0 else { return nil }
  }

  /// Eight times the control character that is greater than the blank.
  private static var deletes: UInt64 { 0x7f7f_7f7f_7f7f_7f7f }

  /// Keeps the bytes in front of the first zero of `words`, or returns `nil` when there is none.
  init?(words: (UInt64, UInt64)) {
    let (first, second) = (words.0.littleEndian, words.1.littleEndian)
    let (firstEnd, secondEnd) = (Self.zeroes(first), Self.zeroes(second))
    if firstEnd != 0 {
      let count = firstEnd.trailingZeroBitCount / 8
      self.init(first & Self.mask(count), 0, count: count)
    } else if secondEnd != 0 {
      let count = secondEnd.trailingZeroBitCount / 8
      self.init(first, second & Self.mask(count), count: 8 &+ count)
    } else {
      return nil
    }
  }

  /// Copies `bytes` without a call, or returns `nil` when there are more than fifteen.
  init?(short bytes: Span<UInt8>) {
    let count = bytes.count
    guard count <= 15 else { return nil }
    func load<Number: FixedWidthInteger & BitwiseCopyable>(
      _ type: Number.Type, at offset: Int
    ) -> UInt64 {
      let value = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type)
      return UInt64(truncatingIfNeeded: value.littleEndian)
    }
    // The last ones in a piece of their own, which overlaps the first one's.
    if count >= 8 {
      let last = load(UInt64.self, at: count - 8)
      self.init(load(UInt64.self, at: 0), last >> (8 * (16 - count)), count: count)
    } else if count >= 4 {
      let last = load(UInt32.self, at: count - 4)
      self.init(load(UInt32.self, at: 0) | last << (8 * (count - 4)), 0, count: count)
    } else {
      var word: UInt64 = 0
      for index in bytes.indices { word |= UInt64(bytes[index]) << (8 * index) }
      self.init(word, 0, count: count)
    }
  }

  /// Takes bytes as numbers of which the first byte is the lowest one.
  private init(_ first: UInt64, _ second: UInt64, count: Int) {
    storage = [
      first.littleEndian, (second | UInt64(truncatingIfNeeded: count) << 56).littleEndian,
    ]
  }

  /// The lowest `count` bytes, at most seven.
  private static func mask(_ count: Int) -> UInt64 {
    1 &<< UInt64(truncatingIfNeeded: 8 &* count) &- 1
  }
}
