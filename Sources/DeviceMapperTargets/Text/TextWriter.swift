/// Builds the text of a line from its fields, one blank between two.
public struct TextWriter {
  private var bytes: [UInt8] = []
  /// Where the current line begins; no blank stands before its first word.
  private var lineStart = 0

  /// Whether keys are written as zeros, as `dmsetup` shows them, and not as the kernel needs them.
  public let hidesKeys: Bool

  /// Creates a writer with room for an ordinary line.
  public init(hidingKeys: Bool = false) {
    hidesKeys = hidingKeys
    bytes.reserveCapacity(64)
  }

  /// The text so far.
  public var text: TargetText { TargetText(sharing: bytes[...]) }

  private mutating func separate() {
    if bytes.count > lineStart { bytes.append(UInt8(ascii: " ")) }
  }

  private mutating func digits(_ value: UInt64) {
    // From the last digit to the first, into a place of their own, and from there in one piece.
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var first = 20
    var rest = value
    repeat {
      first &-= 1
      digits[first] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest != 0
    append(digits.span.extracting(droppingFirst: first))
  }

  /// Appends a fixed word.
  public mutating func word(_ word: StaticString) {
    separate()
    word.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends a word, or several that are already separated.
  public mutating func text(_ text: TargetText) {
    words(text.bytes)
  }

  mutating func words(_ bytes: Span<UInt8>) {
    guard !bytes.isEmpty else { return }
    separate()
    append(bytes)
  }

  /// Appends bytes without a separator.
  package mutating func append(_ span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends a string as a word.
  public mutating func text(_ string: String) {
    guard !string.isEmpty else { return }
    separate()
    bytes.append(contentsOf: string.utf8)
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
    bytes.append(separator)
    digits(second)
  }

  /// Appends a reference to a device, with blanks and backslashes of a path escaped.
  public mutating func device(_ reference: DeviceReference) {
    switch reference {
    case .number(let device): self.device(device)
    case .path(let path): word(escaping: path.bytes)
    }
  }

  /// Appends bytes as one word: blanks and backslashes are escaped.
  public mutating func word(escaping span: Span<UInt8>) {
    separate()
    for index in span.indices {
      let byte = span[index]
      if byte == UInt8(ascii: "\\") || FieldScanner.isBlank(byte) {
        bytes.append(UInt8(ascii: "\\"))
      }
      bytes.append(byte)
    }
  }
}

/// What a request to the kernel needs besides text.
extension TextWriter {
  /// Creates a writer whose text stands behind `count` zeroes, with room for `capacity` bytes in
  /// all.
  package init(behind count: Int, capacity: Int = 0) {
    hidesKeys = false
    bytes.reserveCapacity(max(count, capacity))
    bytes.append(addingCapacity: count) { $0.append(repeating: 0, count: count) }
    lineStart = count
  }

  /// The bytes from `offset` on.
  @_lifetime(borrow self)
  package func bytes(from offset: Int) -> Span<UInt8> {
    bytes.span.extracting(droppingFirst: offset)
  }

  /// The number of bytes so far.
  package var count: Int { bytes.count }

  /// Ends a string with its NUL; the next one begins.
  package mutating func endString() { appendZeroes(1) }

  /// Appends zeroes, behind which a string begins.
  package mutating func appendZeroes(_ count: Int) {
    bytes.append(addingCapacity: count) { $0.append(repeating: 0, count: count) }
    lineStart = bytes.count
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
    lineStart = 0
    let taken = bytes
    bytes = []
    return taken
  }
}
