/// A line of a table or of a status: a range of the device and what the kernel has there.
public struct TargetLine<Content: TargetContent>: Hashable, Sendable, Codable {
  /// The first sector of the range.
  public var start: Sectors
  /// The length of the range.
  public var length: Sectors
  /// The target's parameters or status.
  public var content: Content

  /// Creates a line from its parts.
  @inlinable
  public init(start: Sectors, length: Sectors, _ content: Content) {
    self.start = start
    self.length = length
    self.content = content
  }

  /// Reads `START LENGTH TYPE CONTENT`, as `dmsetup table` and `dmsetup status` print it.
  public init(parsing text: String) throws(ParseError) {
    var fields = FieldScanner(Array(text.utf8).span)
    try self.init(fields: &fields)
  }

  /// Reads a line from a scanner that stands at its start and ends with it.
  @inlinable
  // Inlinable, so that it is made for its type of content: a type that is only known at run time
  // costs as much as the parsing.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let head = try TargetLineHead(fields: &fields)
    var rest = fields.rest(as: head.targetType)
    self.init(
      start: head.start, length: head.length,
      try Content(type: head.targetType, fields: &rest))
  }

  /// Appends the line as `START LENGTH TYPE CONTENT`.
  public func write(to text: inout TextWriter) {
    text.quantity(start)
    text.quantity(length)
    text.targetType(content.targetType)
    content.write(to: &text)
  }

  /// The line as text, `START LENGTH TYPE CONTENT`; keys are in it.
  public var text: TargetText {
    var writer = TextWriter()
    write(to: &writer)
    return writer.text
  }
}

extension TargetLine: CustomStringConvertible {
  /// The line as `dmsetup` prints it; keys are zeros.
  public var description: String {
    var writer = TextWriter(hidingKeys: true)
    write(to: &writer)
    return writer.text.description
  }
}

extension TargetLine {
  /// The line with its content read as another type; a kernel's line becomes a typed one.
  ///
  /// - Throws: ``ParseError`` with offsets from the start of the content.
  @inlinable
  public func parsed<Typed: TargetContent>(
    as type: Typed.Type = Typed.self
  ) throws(ParseError) -> TargetLine<Typed> where Content == VerbatimTarget {
    TargetLine<Typed>(
      start: start, length: length,
      try Typed(type: content.targetType, text: content.text.bytes))
  }

  /// The line with its content as text.
  public var verbatim: TargetLine<VerbatimTarget> {
    TargetLine<VerbatimTarget>(
      start: start, length: length, VerbatimTarget(content.targetType, content.text))
  }
}

/// What stands in front of the content of a line.
@usableFromInline
struct TargetLineHead {
  @usableFromInline var start: Sectors
  @usableFromInline var length: Sectors
  @usableFromInline var targetType: TargetType

  @usableFromInline
  init(fields: inout FieldScanner) throws(ParseError) {
    start = try fields.quantity("start")
    length = try fields.quantity("length")
    if let type = fields.shortTargetType() {
      targetType = type
      return
    }
    let word = try fields.word("target type", expected: "a target type")
    do {
      targetType = try TargetType(bytes: word.bytes)
    } catch {
      throw fields.unexpected(word, "target type", expected: "a target type")
    }
  }
}
