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

  private mutating func digits(_ value: some FixedWidthInteger & UnsignedInteger) {
    let first = bytes.count
    var rest = value
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
      rest = quotient
    } while rest != 0
    bytes[first...].reverse()
  }

  /// Appends a fixed word.
  public mutating func word(_ word: StaticString) {
    separate()
    word.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends a word, or several that are already separated.
  public mutating func text(_ text: TargetText) {
    guard !text.isEmpty else { return }
    separate()
    append(text.bytes)
  }

  /// Appends bytes without a separator.
  package mutating func append(_ span: Span<UInt8>) {
    for index in span.indices { bytes.append(span[index]) }
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
  public mutating func number(_ value: some FixedWidthInteger & UnsignedInteger) {
    separate()
    digits(value)
  }

  /// Appends a size as a decimal number of its unit.
  public mutating func quantity(_ value: some Quantity) { number(value.rawValue) }

  /// Appends `used/total`.
  public mutating func usage(_ value: Usage<some Quantity>) {
    separate()
    digits(value.used.rawValue)
    bytes.append(UInt8(ascii: "/"))
    digits(value.total.rawValue)
  }

  /// Appends a device number as `MAJOR:MINOR`.
  public mutating func device(_ device: Device) {
    separate()
    digits(device.major)
    bytes.append(UInt8(ascii: ":"))
    digits(device.minor)
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
  /// Creates a writer whose text stands behind `count` zeroes.
  package init(behind count: Int) {
    hidesKeys = false
    bytes = [UInt8](repeating: 0, count: count)
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
    bytes.append(contentsOf: repeatElement(0, count: count))
    lineStart = bytes.count
  }

  /// Overwrites bytes with a number in the machine's byte order.
  package mutating func store(_ value: some FixedWidthInteger & BitwiseCopyable, at offset: Int) {
    var span = bytes.mutableSpan
    var raw = unsafe span.mutableBytes
    raw.storeBytes(of: value, toByteOffset: offset, as: type(of: value))
  }

  /// Overwrites bytes with others.
  package mutating func store(_ value: Span<UInt8>, at offset: Int) {
    for index in value.indices { bytes[offset + index] = value[index] }
  }

  /// Everything that was written; the writer is empty afterwards.
  package mutating func take() -> [UInt8] {
    lineStart = 0
    let taken = bytes
    bytes = []
    return taken
  }
}
