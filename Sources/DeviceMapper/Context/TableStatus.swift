public import DeviceMapperTargets

/// The lines of a device's table or of its status, with what the header of the reply says.
public struct TableStatus: Hashable, Sendable {
  /// The state of the device.
  public var info: DeviceInfo
  /// A line a target; none where the device has no table.
  public var lines: [TargetLine<VerbatimTarget>]

  /// The lines as typed values.
  ///
  /// - Throws: ``DmError`` with the field that can't be read.
  @inlinable
  public func parsed<Content: TargetContent>(
    as type: Content.Type = Content.self
  ) throws(DmError) -> [TargetLine<Content>] {
    var typed: [TargetLine<Content>] = []
    typed.reserveCapacity(lines.count)
    for line in lines {
      do { typed.append(try line.parsed()) } catch {
        throw unreadable(error)
      }
    }
    return typed
  }

  /// The lines as a table.
  ///
  /// - Throws: ``DmError`` if the device has no table or a line can't be read.
  @inlinable
  public func table<Content: TargetContent>(
    of type: Content.Type = Content.self
  ) throws(DmError) -> TargetTable<Content> {
    let lines = try parsed(as: type)
    do { return try TargetTable(lines) } catch { throw invalid(error) }
  }

  @usableFromInline
  func unreadable(_ error: ParseError) -> DmError {
    DmError(.unreadableText, device: id, context: .text(error))
  }

  @usableFromInline
  func invalid(_ error: TableError) -> DmError {
    DmError(.invalidTable, device: id, context: .table(error))
  }

  private var id: DevId? { info.name.map { .name($0) } }
}

extension ReplyReader {
  /// Reads the lines of a reply whose memory they go on sharing.
  package func lines(sharing buffer: [UInt8]) throws(ReplyError) -> [TargetLine<VerbatimTarget>] {
    let count = targetCount
    var lines: [TargetLine<VerbatimTarget>] = []
    guard count > 0 else { return lines }
    guard bytes.count > dataStart,
      count <= (bytes.count - dataStart) / RequestLayout.targetSpecSize
    else { throw ReplyError(.count, offset: RequestLayout.targetCount) }
    lines.reserveCapacity(count)
    var offset = dataStart
    for index in 0..<count {
      try require(.line, RequestLayout.targetSpecSize, at: offset)
      let start = bytes.load(UInt64.self, at: offset + RequestLayout.targetStart)
      let length = bytes.load(UInt64.self, at: offset + RequestLayout.targetLength)
      let next = bytes.load(UInt32.self, at: offset + RequestLayout.targetNext)
      let words = (
        bytes.load(UInt64.self, at: offset + RequestLayout.targetType),
        bytes.load(UInt64.self, at: offset + RequestLayout.targetType + 8)
      )
      guard let type = TargetType(words: words) else {
        throw ReplyError(.targetType, offset: offset + RequestLayout.targetType)
      }
      let text = try string(.text, at: offset + RequestLayout.targetSpecSize)
      lines.append(
        TargetLine(
          start: Sectors(rawValue: start), length: Sectors(rawValue: length),
          VerbatimTarget(type, TargetText(sharing: buffer[bytes.trimmed(text)]))))
      // In a reply, the distance is counted from the first line; the last one's leads outside.
      let following = dataStart + Int(next)
      if index + 1 < count, following <= text.upperBound {
        throw ReplyError(.next, offset: offset + RequestLayout.targetNext)
      }
      offset = following
    }
    return lines
  }
}
