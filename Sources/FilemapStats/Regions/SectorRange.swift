public import DeviceMapperTargets

/// A range of sectors of a device.
public struct SectorRange: Hashable, Sendable, Codable {
  /// The first sector.
  public var start: Sectors
  /// The number of sectors.
  public var length: Sectors

  /// Creates a range.
  ///
  /// - Precondition: the end fits into 64 bits.
  public init(start: Sectors, length: Sectors) {
    precondition(start.addingChecked(length) != nil, "a range ends behind the last sector")
    self.start = start
    self.length = length
  }

  /// The sectors from `start` up to `end`, which isn't part of the range.
  ///
  /// - Precondition: `end` isn't before `start`.
  public init(from start: Sectors, to end: Sectors) {
    self.init(start: start, length: end - start)
  }

  /// The sector behind the last one.
  public var end: Sectors { start + length }

  /// Whether all of `other` lies in this range.
  public func contains(_ other: SectorRange) -> Bool {
    start <= other.start && other.end <= end
  }
}

extension SectorRange: CustomStringConvertible {
  /// `START+LENGTH` in sectors, as messages have it.
  public var description: String { "\(start.rawValue)+\(length.rawValue)" }
}

extension SectorRange {
  /// Appends the range as a word of a message.
  func write(to text: inout TextWriter) {
    text.quantity(start)
    text.append("+".utf8.span)
    text.beginString()
    text.quantity(length)
  }
}

extension SectorRange {
  /// What of this range lies in none of `others`, which are in order and don't overlap.
  func gaps(between others: some Sequence<SectorRange>) -> [SectorRange] {
    var gaps: [SectorRange] = []
    var position = start
    for other in others {
      if other.start > position { gaps.append(SectorRange(from: position, to: other.start)) }
      position = max(position, other.end)
    }
    if position < end { gaps.append(SectorRange(from: position, to: end)) }
    return gaps
  }
}
