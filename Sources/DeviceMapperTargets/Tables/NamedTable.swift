/// The table or status of a device with its name, as `dmsetup table` and `dmsetup status` print it
/// of several devices: a ``NamedLine`` a line.
public struct NamedTable<Content: TargetContent>: Hashable, Sendable, Codable {
  /// The name of the device; `nil` where the lines have none, as of a single device.
  public var name: DmName?
  /// The lines; `nil` of a device without a table.
  public var table: TargetTable<Content>?

  /// Creates a table with a name.
  public init(name: DmName?, _ table: TargetTable<Content>?) {
    self.name = name
    self.table = table
  }

  /// Reads the tables of any number of devices; blank lines are passed over.
  ///
  /// The lines of a device follow each other. Text that says that there are no devices holds none.
  /// - Throws: ``DeviceTextError`` with the first line that can't be read, or the first device
  ///   whose lines are no table together.
  public static func tables(
    parsing text: Span<UInt8>
  ) throws(DeviceTextError) -> [NamedTable] {
    if TargetText(bytes: text).trimmed == "No devices found" { return [] }
    var tables: [NamedTable] = []
    var device = Device()
    var start = 0
    while start < text.count {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
      let part = text.extracting(start..<end)
      var fields = FieldScanner(part)
      if !fields.isAtEnd() {
        let named: NamedLine<Content>
        do throws(ParseError) {
          named = try NamedLine(parsing: part, base: start)
        } catch {
          throw .text(error)
        }
        if !device.continues(with: named) {
          if let table = try device.table() { tables.append(table) }
          device = Device(name: named.name, offset: start, isBegun: true)
        }
        if let line = named.line { device.lines.append(line) }
      }
      start = end + 1
    }
    if let table = try device.table() { tables.append(table) }
    return tables
  }

  /// Reads the tables of any number of devices; blank lines are passed over.
  public static func tables(parsing text: String) throws(DeviceTextError) -> [NamedTable] {
    try tables(parsing: Array(text.utf8).span)
  }

  /// The lines of one device while they are read.
  private struct Device {
    var name: DmName?
    var offset = 0
    var isBegun = false
    var lines: [TargetLine<Content>] = []

    /// Whether a line belongs to this device; one that begins at sector 0 begins a table.
    func continues(with named: NamedLine<Content>) -> Bool {
      guard isBegun, named.name == name, let line = named.line else { return false }
      return !lines.isEmpty && line.start > 0
    }

    func table() throws(DeviceTextError) -> NamedTable? {
      guard isBegun else { return nil }
      if lines.isEmpty { return NamedTable(name: name, nil) }
      do throws(TableError) {
        return NamedTable(name: name, try TargetTable(lines))
      } catch {
        throw .table(error, offset: offset)
      }
    }
  }
}

extension NamedTable {
  /// Appends the lines with the name in front, the last one included with its newline; of a device
  /// without a table the name.
  public func write(to text: inout TextWriter) {
    if let table {
      for line in table.lines {
        NamedLine(name: name, line).write(to: &text)
        text.endLine()
      }
    } else if let name {
      NamedLine<Content>(withoutTable: name).write(to: &text)
      text.endLine()
    }
  }

  /// The lines as text that ``tables(parsing:)-(Span<UInt8>)`` reads; keys are in it.
  public var text: TargetText {
    var writer = TextWriter()
    write(to: &writer)
    return writer.text
  }
}

extension NamedTable: CustomStringConvertible {
  /// The lines as `dmsetup` prints them of several devices, the last one included with its newline;
  /// keys are zeros.
  public var description: String {
    var writer = TextWriter(hidingKeys: true)
    write(to: &writer)
    return writer.text.description
  }
}
