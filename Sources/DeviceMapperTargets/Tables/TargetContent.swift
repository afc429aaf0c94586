/// What stands behind the type of a target in a line of a table or of a status.
///
/// Parsing and printing are inverses: what is printed parses to an equal value, and what a kernel
/// printed is printed as text that a kernel takes.
public protocol TargetContent: Hashable, Sendable, Codable {
  /// The type of target that the content belongs to.
  var targetType: TargetType { get }

  /// Reads the content of a line of `type`.
  ///
  /// - Throws: ``ParseError`` if the type isn't this one's or a field isn't of its form.
  init(type: TargetType, fields: inout FieldScanner) throws(ParseError)

  /// Appends the fields as the kernel spells them.
  func write(to text: inout TextWriter)

  /// Checks that a line may have `length`, some targets demanding a multiple of something.
  ///
  /// - Throws: ``ParameterError`` with the rule that the length breaks.
  func check(length: Sectors) throws(ParameterError)
}

extension TargetContent {
  /// Takes any length, as most targets do.
  @inlinable
  public func check(length: Sectors) throws(ParameterError) {}

  /// The content as text, as it stands behind the type in a line.
  public var text: TargetText {
    var writer = TextWriter()
    write(to: &writer)
    return writer.text
  }

  /// Reads the content of a line of `type` from its text.
  @inlinable
  public init(type: TargetType, text: Span<UInt8>) throws(ParseError) {
    var fields = FieldScanner(text, target: type)
    try self.init(type: type, fields: &fields)
  }
}

/// Content that belongs to one type of target, known to the compiler.
///
/// To add a target, conform to ``TargetParams`` or ``TargetStatus``, which only differ in which of
/// the two lines they stand for.
public protocol SingleTargetContent: TargetContent, CustomStringConvertible {
  /// The type of target that the content belongs to.
  static var targetType: TargetType { get }

  /// Reads the content.
  init(fields: inout FieldScanner) throws(ParseError)
}

extension SingleTargetContent {
  /// The type of target that the content belongs to.
  public var targetType: TargetType { Self.targetType }

  /// Reads the content of a line of `type`, which must be this one's.
  public init(type: TargetType, fields: inout FieldScanner) throws(ParseError) {
    guard type == Self.targetType else {
      throw ParseError(
        .wrongTarget, target: type, field: "target type", offset: fields.offset,
        expected: "\(Self.targetType)", found: TargetText(bytes: type.bytes))
    }
    try self.init(fields: &fields)
  }

  /// Reads the content from text, without the type in front.
  public init(parsing text: String) throws(ParseError) {
    try self.init(parsing: Array(text.utf8).span)
  }

  /// Reads the content from bytes, without the type in front.
  @inlinable
  // Inlinable: through the protocol's table it costs a tenth more than the parsing.
  public init(parsing bytes: Span<UInt8>) throws(ParseError) {
    var fields = FieldScanner(bytes, target: Self.targetType)
    try self.init(fields: &fields)
  }

  /// The content as text, as it stands behind the type in a line, with keys as zeros.
  public var description: String {
    var writer = TextWriter(hidingKeys: true)
    write(to: &writer)
    return writer.text.description
  }
}

/// The parameters of a target: what a table line says behind start, length and type.
public protocol TargetParams: SingleTargetContent {
  /// The status of the target.
  associatedtype Status: TargetStatus
  /// A message to the target.
  associatedtype Message: TargetMessage = NoMessage
}

/// The status of a target: what a status line says behind start, length and type.
public protocol TargetStatus: SingleTargetContent {
  /// How the target is doing.
  var health: Health { get }
}

extension TargetStatus {
  /// Healthy, as every target is whose status says nothing of its health.
  public var health: Health { .healthy }
}
