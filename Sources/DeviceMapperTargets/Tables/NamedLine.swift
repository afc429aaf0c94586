/// A line of a table or status with the name of its device in front, as `dmsetup table` and
/// `dmsetup status` print it of several devices: `NAME: START LENGTH TYPE CONTENT`.
///
/// Of a device without a table there is the name only. The name is the one that was printed;
/// `dmsetup` mangles names unless told otherwise, see ``DmName/unmangled(_:)``.
public struct NamedLine<Content: TargetContent>: Hashable, Sendable {
  /// The name of the device; `nil` where the line has none, as of a single device.
  public let name: DmName?
  /// The line; `nil` of a device without a table.
  public let line: TargetLine<Content>?

  /// Creates a line, with a name in front if there is one.
  public init(name: DmName?, _ line: TargetLine<Content>) {
    self.name = name
    self.line = line
  }

  /// Creates the line of a device without a table.
  public init(withoutTable name: DmName) {
    self.name = name
    line = nil
  }

  /// Appends the name, if there is one, and the line, if there is one.
  public func write(to text: inout TextWriter) {
    if let name { text.deviceName(name) }
    line?.write(to: &text)
  }
}

extension NamedLine {
  /// Reads a line with a name or without.
  ///
  /// A name may hold anything, `: ` and blanks included: it ends at the first colon behind which a
  /// line begins. What begins with two numbers and a type has no name, unless `isNamed` says so.
  /// - Parameters:
  ///   - text: The line; blanks and a newline at its end are passed over.
  ///   - isNamed: Whether there is a name; `nil` to find out.
  ///   - base: Where the line begins in the whole of which errors give offsets.
  /// - Throws: ``ParseError`` if neither is there.
  public init(
    parsing text: Span<UInt8>, isNamed: Bool? = nil, base: Int = 0
  ) throws(ParseError) {
    let colon =
      isNamed == false || (isNamed == nil && Self.isLine(text, from: 0))
      ? nil : Self.endOfName(in: text)
    guard let colon else {
      var fields = FieldScanner(text, base: base)
      if isNamed == true {
        throw fields.missing("name", expected: "a name and a colon")
      }
      name = nil
      line = try TargetLine(fields: &fields)
      return
    }
    do throws(IdentifierError) {
      name = try DmName(kernelBytes: text.extracting(first: colon))
    } catch {
      throw ParseError(
        .malformed, target: nil, field: "name", offset: base,
        expected: "a name, and \(error)", found: TargetText(bytes: text.extracting(first: colon)))
    }
    var fields = FieldScanner(text.extracting(droppingFirst: colon + 1), base: base + colon + 1)
    line = fields.isAtEnd() ? nil : try TargetLine(fields: &fields)
  }

  /// Reads a line with a name or without.
  public init(parsing text: String, isNamed: Bool? = nil) throws(ParseError) {
    try self.init(parsing: Array(text.utf8).span, isNamed: isNamed)
  }

  /// Where the colon behind the name stands: the first behind which a line begins; else the last,
  /// if nothing stands behind it; else, in a line with an error, the first.
  private static func endOfName(in text: Span<UInt8>) -> Int? {
    var first: Int?
    var last: Int?
    for index in text.indices where text[index] == UInt8(ascii: ":") {
      let next = index + 1
      guard next == text.count || FieldScanner.isBlank(text[next]) else { continue }
      if isLine(text, from: next) { return index }
      if first == nil { first = index }
      last = index
    }
    if let last {
      var rest = FieldScanner(text.extracting(droppingFirst: last + 1))
      if rest.isAtEnd() { return last }
    }
    return first
  }

  /// Whether two numbers and a word follow, which isn't the end of a name.
  private static func isLine(_ text: Span<UInt8>, from start: Int) -> Bool {
    var fields = FieldScanner(text.extracting(droppingFirst: start))
    guard let first = fields.nextWord(), first.bytes.isDecimal,
      let second = fields.nextWord(), second.bytes.isDecimal, let type = fields.nextWord()
    else { return false }
    return type.bytes[type.bytes.count - 1] != UInt8(ascii: ":")
  }
}

extension NamedLine {
  /// The line as text; keys are in it.
  public var text: TargetText {
    var writer = TextWriter()
    write(to: &writer)
    return writer.text
  }
}

extension NamedLine: CustomStringConvertible {
  /// The line as `dmsetup` prints it; keys are zeros.
  public var description: String {
    var writer = TextWriter(hidingKeys: true)
    write(to: &writer)
    return writer.text.description
  }
}

extension NamedLine: Codable {
  private enum CodingKeys: CodingKey { case name, line }

  /// Decodes the name and the line, of which one is there at least.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decodeIfPresent(DmName.self, forKey: .name)
    line = try values.decodeIfPresent(TargetLine<Content>.self, forKey: .line)
    if name == nil, line == nil {
      throw DecodingError.dataCorruptedError(
        forKey: .line, in: values, debugDescription: "neither a name nor a line")
    }
  }

  /// Encodes the name and the line, as far as they are there.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(name, forKey: .name)
    try values.encodeIfPresent(line, forKey: .line)
  }
}

extension TextWriter {
  /// Appends the name of a device and a colon.
  fileprivate mutating func deviceName(_ name: DmName) {
    text(TargetText(bytes: name.bytes))
    append(TargetText(":").bytes)
  }
}
