/// Builds the text of a line from its fields, one blank between two.
public struct TextWriter {
  /// What is written so far, and zeroes behind it: room for more, and what structures are padded
  /// with.
  private var bytes: [UInt8]
  /// The number of bytes so far.
  package private(set) var count = 0
  /// Where the current line begins; no blank stands before its first word.
  private var lineStart = 0

  /// What becomes of memory that the text outgrew, where it may hold a key.
  private let disposal: ((inout [UInt8]) -> Void)?

  /// Whether keys are written as zeros, as `dmsetup` shows them, and not as the kernel needs them.
  public let hidesKeys: Bool

  /// Creates a writer with room for an ordinary line.
  public init(hidingKeys: Bool = false) {
    hidesKeys = hidingKeys
    disposal = nil
    bytes = [UInt8](repeating: 0, count: 64)
  }

  /// The text so far.
  public var text: TargetText { TargetText(sharing: bytes[..<count]) }

  private mutating func makeRoom(for length: Int) {
    if bytes.count &- count < length { grow(by: length) }
  }

  @inline(never)
  private mutating func grow(by length: Int) {
    let room = max(length, bytes.count)
    guard let disposal else {
      bytes.append(contentsOf: repeatElement(0, count: room))
      return
    }
    // An array that grows by itself lets go of the old memory as it is.
    var larger = [UInt8](repeating: 0, count: bytes.count + room)
    larger.replaceSubrange(..<count, with: bytes[..<count])
    swap(&bytes, &larger)
    disposal(&larger)
  }

  private mutating func append(_ byte: UInt8) {
    makeRoom(for: 1)
    bytes[count] = byte
    count &+= 1
  }

  /// Appends bytes without a separator.
  package mutating func append(_ span: Span<UInt8>) {
    makeRoom(for: span.count)
    store(span, at: count)
    count &+= span.count
  }

  private mutating func separate() {
    if count > lineStart { append(UInt8(ascii: " ")) }
  }

  private mutating func digits(_ value: UInt64) {
    let length = Self.digitCount(value)
    makeRoom(for: length)
    count &+= length
    store(digits: value, before: count)
  }

  private static func digitCount(_ value: UInt64) -> Int {
    var length = 1
    var rest = value
    while rest >= 10 {
      rest /= 10
      length &+= 1
    }
    return length
  }

  private mutating func store(digits value: UInt64, before end: Int) {
    // From the last digit to the first.
    var index = end
    var rest = value
    var span = bytes.mutableSpan
    repeat {
      index &-= 1
      span[index] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest != 0
  }

  /// Appends two digits for each byte without a separator, and nothing else in memory has them.
  mutating func append(hexadecimal key: Span<UInt8>) {
    let start = count
    makeRoom(for: 2 * key.count)
    count &+= 2 * key.count
    var span = bytes.mutableSpan
    for index in key.indices {
      span[start + 2 * index] = HexBytes.digit(of: key[index] >> 4)
      span[start + 2 * index + 1] = HexBytes.digit(of: key[index] & 15)
    }
  }

  /// Begins a word whose bytes are appended.
  mutating func beginWord() { separate() }

  /// Appends words behind their number, the form of every group of features.
  public mutating func group(_ body: (inout TextWriter) -> Void) {
    // In their place: words may be keys, of which there is to be no second copy.
    number(0)
    let start = count
    body(&self)
    var words = FieldScanner(bytes(from: start))
    var number: UInt64 = 0
    while words.nextWord(escaped: true) != nil { number += 1 }
    let more = Self.digitCount(number) - 1
    if more > 0 {
      makeRoom(for: more)
      for index in (start..<count).reversed() { bytes[index + more] = bytes[index] }
      count += more
    }
    store(digits: number, before: start + more)
  }

  /// Appends a fixed word.
  public mutating func word(_ word: StaticString) {
    separate()
    word.withUTF8Buffer { append(unsafe $0.span) }
  }

  /// Appends a word, or several that are already separated.
  public mutating func text(_ text: TargetText) { words(text.bytes) }

  /// Appends a word, or several that are already separated.
  package mutating func words(_ bytes: Span<UInt8>) {
    guard !bytes.isEmpty else { return }
    separate()
    append(bytes)
  }

  /// Appends a string as a word.
  public mutating func text(_ string: String) {
    let utf8 = string.utf8
    words(utf8.span)
  }

  /// Appends a word of a closed set.
  public mutating func keyword(_ keyword: some Keyword) { word(keyword.keyword) }

  /// Appends the name of a type of target.
  public mutating func targetType(_ type: TargetType) {
    separate()
    append(type.bytes)
  }

  /// Appends a decimal number.
  @inlinable
  public mutating func number(_ value: some FixedWidthInteger & UnsignedInteger) {
    if let value = UInt64(exactly: value) { number(value) } else { text("\(value)") }
  }

  /// Appends a decimal number.
  public mutating func number(_ value: UInt64) {
    separate()
    digits(value)
  }

  /// Appends a size as a decimal number of its unit.
  @inlinable
  public mutating func quantity(_ value: some Quantity) { number(value.rawValue) }

  /// Appends `used/total`.
  @inlinable
  public mutating func usage(_ value: Usage<some Quantity>) {
    if let used = UInt64(exactly: value.used.rawValue),
      let total = UInt64(exactly: value.total.rawValue)
    {
      pair(used, UInt8(ascii: "/"), total)
    } else {
      text(value.description)
    }
  }

  /// Appends a device number as `MAJOR:MINOR`.
  public mutating func device(_ device: Device) {
    pair(UInt64(device.major), UInt8(ascii: ":"), UInt64(device.minor))
  }

  @usableFromInline
  mutating func pair(_ first: UInt64, _ separator: UInt8, _ second: UInt64) {
    separate()
    digits(first)
    append(separator)
    digits(second)
  }

  /// Ends a line.
  mutating func endLine() {
    append(UInt8(ascii: "\n"))
    lineStart = count
  }

  /// Appends bytes as one word: blanks and backslashes are escaped.
  public mutating func word(escaping span: Span<UInt8>) {
    separate()
    for index in span.indices {
      let byte = span[index]
      if byte == UInt8(ascii: "\\") || FieldScanner.isBlank(byte) {
        append(UInt8(ascii: "\\"))
      }
      append(byte)
    }
  }
}

/// What a request to the kernel needs besides text.
extension TextWriter {
  /// Creates a writer whose text stands behind `count` zeroes, with room for `capacity` bytes in
  /// all.
  ///
  /// - Parameter disposal: Wipes memory that the text outgrew; `nil` where it holds no secret.
  package init(
    behind count: Int, capacity: Int = 0, disposal: ((inout [UInt8]) -> Void)? = nil
  ) {
    hidesKeys = false
    self.disposal = disposal
    // An array that is made at its size has the standard library look up its type each time.
    bytes = []
    bytes.append(contentsOf: repeatElement(0, count: max(count, capacity)))
    self.count = count
    lineStart = count
  }

  /// The bytes from `offset` on.
  @_lifetime(borrow self)
  package func bytes(from offset: Int) -> Span<UInt8> { bytes.span.extracting(offset..<count) }

  /// Appends numbers in the machine's byte order, behind which a string begins.
  package mutating func append(_ words: InlineArray<5, UInt64>) {
    makeRoom(for: 40)
    let start = count
    count &+= 40
    beginString()
    var span = bytes.mutableSpan
    var raw = unsafe span.mutableBytes
    raw.storeBytes(of: words, toByteOffset: start, as: InlineArray<5, UInt64>.self)
  }

  /// Ends a string with its NUL, and more of them up to a multiple of `alignment`; the next one
  /// begins.
  package mutating func endString(alignedTo alignment: Int = 1) {
    appendZeroes(alignment &- count % alignment)
  }

  /// Begins a string, in front of whose first word no blank stands.
  package mutating func beginString() { lineStart = count }

  /// Appends zeroes, behind which a string begins.
  package mutating func appendZeroes(_ length: Int) {
    makeRoom(for: length)
    count &+= length
    beginString()
  }

  /// Overwrites bytes with a number in the machine's byte order.
  package mutating func store(_ value: UInt64, at offset: Int) {
    var span = bytes.mutableSpan
    var raw = unsafe span.mutableBytes
    raw.storeBytes(of: value, toByteOffset: offset, as: UInt64.self)
  }

  /// Overwrites bytes with a number in the machine's byte order.
  package mutating func store(_ value: UInt32, at offset: Int) {
    var span = bytes.mutableSpan
    var raw = unsafe span.mutableBytes
    raw.storeBytes(of: value, toByteOffset: offset, as: UInt32.self)
  }

  /// Overwrites bytes with others.
  package mutating func store(_ value: Span<UInt8>, at offset: Int) {
    var span = bytes.mutableSpan
    var raw = unsafe span.mutableBytes
    raw.store(value, at: offset)
  }

  /// Everything that was written; the writer is empty afterwards.
  package mutating func take() -> [UInt8] {
    if bytes.count > count { bytes.removeLast(bytes.count - count) }
    let taken = bytes
    bytes = []
    count = 0
    lineStart = 0
    return taken
  }
}
