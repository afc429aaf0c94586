extension TargetTable {
  /// Appends the lines, the last one included with its newline.
  public func write(to text: inout TextWriter) {
    for line in lines {
      line.write(to: &text)
      text.endLine()
    }
  }

  /// The table as text that ``init(parsing:)-(Span<UInt8>)`` reads, a line each, the last one
  /// included with its newline; keys are in it.
  public var text: TargetText {
    var writer = TextWriter()
    write(to: &writer)
    return writer.text
  }
}

extension TargetTable: CustomStringConvertible {
  /// The table as `dmsetup table` prints it, a line each, the last one included with its newline;
  /// keys are zeros.
  public var description: String {
    var writer = TextWriter(hidingKeys: true)
    write(to: &writer)
    return writer.text.description
  }
}

extension TargetTable {
  /// Reads a table from text, a line each; blank lines are passed over.
  ///
  /// - Throws: ``TableTextError`` for a line that can't be read, with its offset from the start of
  ///   the text, or for lines that are no table together.
  @inlinable
  public init(parsing text: String) throws(TableTextError) {
    try self.init(parsing: Array(text.utf8).span)
  }

  /// Reads a table from bytes, a line each; blank lines are passed over.
  @inlinable
  public init(parsing text: Span<UInt8>) throws(TableTextError) {
    var lines: [TargetLine<Content>] = []
    lines.reserveCapacity(text.count(of: UInt8(ascii: "\n")) + 1)
    var start = 0
    while start < text.count {
      let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
      var fields = FieldScanner(text.extracting(start..<end), base: start)
      if !fields.isAtEnd() {
        do { lines.append(try TargetLine(fields: &fields)) } catch { throw .line(error) }
      }
      start = end + 1
    }
    do { try self.init(lines) } catch { throw .table(error) }
  }
}

/// A text that is no table.
public enum TableTextError: Error, Hashable, Sendable {
  /// A line can't be read.
  case line(ParseError)
  /// The lines are no table together.
  case table(TableError)
}

extension TableTextError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .line(let error): error.description
    case .table(let error): error.description
    }
  }
}

extension TargetTable: Codable {
  /// Decodes the lines and checks them like ``init(_:)``.
  public init(from decoder: any Decoder) throws {
    try self.init([TargetLine<Content>](from: decoder))
  }

  /// Encodes the lines.
  public func encode(to encoder: any Encoder) throws { try lines.encode(to: encoder) }
}
