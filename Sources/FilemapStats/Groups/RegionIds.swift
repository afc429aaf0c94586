import DeviceMapperTargets

/// A set of regions, written as `0-3,7`.
///
/// Kept as ranges in rising order: a list of members may name ranges of any size, few regions of
/// which exist.
public struct RegionIds: Hashable, Sendable {
  /// The ranges in rising order, neither overlapping nor adjacent.
  public private(set) var ranges: [ClosedRange<RegionId>] = []

  /// Creates an empty set.
  public init() {}

  /// Creates a set of `ids`, in any order.
  public init(_ ids: some Sequence<RegionId>) {
    var ids = Array(ids)
    // In order they are, nearly always; the first and last of a range are all that it needs then.
    if zip(ids, ids.dropFirst()).contains(where: >) { ids.sort() }
    guard var first = ids.first else { return }
    var last = first
    for id in ids where id > last {
      if id.rawValue - last.rawValue > 1 {
        ranges.append(first...last)
        first = id
      }
      last = id
    }
    ranges.append(first...last)
  }

  /// Creates a set of what is in any of the ranges.
  private init(merging ranges: [ClosedRange<RegionId>]) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
  }

  /// Adds a range that begins at or behind the start of the last one.
  private mutating func append(_ range: ClosedRange<RegionId>) {
    if let last = ranges.last, UInt64(last.upperBound.rawValue) + 1 >= range.lowerBound.rawValue {
      ranges[ranges.count - 1] = last.lowerBound...Swift.max(last.upperBound, range.upperBound)
    } else {
      ranges.append(range)
    }
  }

  /// The region with the lowest number, or `nil` when the set is empty.
  public var lowest: RegionId? { ranges.first?.lowerBound }

  /// The number of regions.
  public var count: Int {
    ranges.reduce(0) { $0 + Int($1.upperBound.rawValue - $1.lowerBound.rawValue) + 1 }
  }

  /// Whether there are no regions.
  public var isEmpty: Bool { ranges.isEmpty }

  /// The regions of both sets.
  public func union(_ other: RegionIds) -> RegionIds { RegionIds(merging: ranges + other.ranges) }

  /// The regions that aren't in `other`.
  public func subtracting(_ other: RegionIds) -> RegionIds {
    var result = RegionIds()
    var others = other.ranges[...]
    for range in ranges {
      var next = range.lowerBound.rawValue
      var isLeft = true
      while let first = others.first, first.lowerBound <= range.upperBound {
        if first.lowerBound.rawValue > next {
          let last = RegionId(rawValue: first.lowerBound.rawValue - 1)
          result.ranges.append(RegionId(rawValue: next)...last)
        }
        if first.upperBound >= range.upperBound {
          isLeft = false
          break
        }
        next = Swift.max(next, first.upperBound.rawValue + 1)
        others.removeFirst()
      }
      if isLeft { result.ranges.append(RegionId(rawValue: next)...range.upperBound) }
    }
    return result
  }

  /// Whether `id` is one of the set; takes logarithmic time.
  public func contains(_ id: RegionId) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < id { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= id
  }
}

extension RegionIds: Sequence {
  /// The regions in rising order.
  public func makeIterator() -> some IteratorProtocol<RegionId> {
    ranges.lazy.flatMap { range in
      (range.lowerBound.rawValue...range.upperBound.rawValue).lazy.map(RegionId.init(rawValue:))
    }.makeIterator()
  }
}

extension RegionIds: ExpressibleByArrayLiteral {
  /// Creates a set of `ids`, in any order.
  public init(arrayLiteral ids: RegionId...) { self.init(ids) }
}

extension RegionIds {
  /// Reads ranges up to a byte that is none of theirs; blanks between them are accepted.
  ///
  /// - Returns: The set and the offset behind it, or `nil` where a range is missing or reversed.
  static func read(_ bytes: Span<UInt8>, from start: Int) -> (RegionIds, end: Int)? {
    var ids = RegionIds()
    var others: [ClosedRange<RegionId>] = []
    var position = start
    func skipBlanks() {
      while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
    }
    func number() -> RegionId? {
      skipBlanks()
      let first = position
      var value: UInt64 = 0
      while position < bytes.count {
        let digit = bytes[position] &- UInt8(ascii: "0")
        guard digit < 10 else { break }
        value = value * 10 + UInt64(digit)
        guard value <= RegionId.maximum.rawValue else { return nil }
        position += 1
      }
      guard position > first else { return nil }
      skipBlanks()
      return RegionId(rawValue: UInt32(value))
    }
    func skip(_ byte: UInt8) -> Bool {
      guard position < bytes.count, bytes[position] == byte else { return false }
      position += 1
      return true
    }
    repeat {
      guard let first = number() else { return nil }
      var last = first
      if skip(UInt8(ascii: "-")) {
        guard let number = number(), number >= first else { return nil }
        last = number
      }
      // In order they are, nearly always.
      if let previous = ids.ranges.last, previous.lowerBound > first {
        others.append(first...last)
      } else {
        ids.append(first...last)
      }
    } while skip(UInt8(ascii: ","))
    return (others.isEmpty ? ids : RegionIds(merging: ids.ranges + others), position)
  }
}

extension RegionIds: CustomStringConvertible {
  /// The ranges as `0-3,7`.
  public var description: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the ranges as ``description`` has them.
  func write(to bytes: inout [UInt8]) {
    for (index, range) in ranges.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: String(range.lowerBound.rawValue).utf8)
      if range.upperBound == range.lowerBound { continue }
      bytes.append(UInt8(ascii: "-"))
      bytes.append(contentsOf: String(range.upperBound.rawValue).utf8)
    }
  }
}

extension RegionIds: Codable {
  /// Reads the ranges as ``description`` has them.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    if text.isEmpty {
      self.init()
      return
    }
    let utf8 = text.utf8
    let bytes = utf8.span
    guard let (ids, end) = Self.read(bytes, from: 0), end == bytes.count else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text)\" is no list of regions")
    }
    self = ids
  }

  /// Writes the ranges as ``description`` has them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
