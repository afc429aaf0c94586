public import DeviceMapperTargets

/// Writes the lines of a table as the kernel takes them: `struct dm_target_spec` and the text, each.
@usableFromInline
package struct TableWriter {
  @usableFromInline var text: TextWriter
  /// Where the current line and its text begin.
  private var line = 0
  private var lineText = 0

  /// The number of lines so far.
  package private(set) var lineCount = 0
  /// Whether the kernel will see all of each text, which ends at the first NUL.
  package private(set) var isWhole = true

  /// The size of an ordinary line, such as that of `linear`.
  private static let ordinaryLine = RequestLayout.targetSpecSize + 16

  /// Creates a writer behind the header of a request, with room for `lines` ordinary lines.
  @usableFromInline
  init(lines: Int, _ flags: DmFlags) {
    self.init(lines: lines, disposal: flags.disposal)
  }

  package init(lines: Int, disposal: ((inout [UInt8]) -> Void)? = nil) {
    let start = RequestLayout.headerSize
    text = TextWriter(
      behind: start, capacity: start + lines * Self.ordinaryLine, disposal: disposal)
  }

  /// Appends a line.
  @inlinable
  package mutating func append(_ line: TargetLine<some TargetContent>) {
    begin(line.start, line.length, line.content.targetType)
    line.content.write(to: &text)
    end()
  }

  @usableFromInline
  mutating func begin(_ start: Sectors, _ length: Sectors, _ type: TargetType) {
    line = text.count
    // `struct dm_target_spec`: start, length, status and the distance to the next line, type.
    let type = type.words
    text.append([start.rawValue, length.rawValue, 0, type.0, type.1])
    lineText = text.count
  }

  @usableFromInline
  mutating func end() {
    if text.bytes(from: lineText).hasNul { isWhole = false }
    text.endString(alignedTo: RequestLayout.alignment)
    // In a request, the distance is counted from this line.
    text.store(
      UInt32(truncatingIfNeeded: text.count - line), at: line + RequestLayout.targetNext)
    lineCount += 1
  }

  /// The request: zeroes in place of the header, and the lines.
  package mutating func take() -> [UInt8] { text.take() }
}
