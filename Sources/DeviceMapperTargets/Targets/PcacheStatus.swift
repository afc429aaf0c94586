/// The status of `pcache`.
///
/// Text: `SB_FLAGS SEGMENTS CACHE_SEGMENTS USED GC_PERCENT FLAGS HEAD DIRTY_TAIL TAIL`, the flags in
/// hexadecimal, the last three as `SEGMENT:OFFSET`. Kernel document:
/// `admin-guide/device-mapper/dm-pcache.rst`.
public struct PcacheStatus: TargetStatus {
  /// A place in the cache.
  public struct Position: Hashable, Sendable, Codable {
    /// The segment.
    public var segment: UInt32
    /// The offset in the segment, in bytes.
    public var offset: UInt32

    /// Creates a position from its parts; `offset` is in bytes.
    public init(segment: UInt32, offset: UInt32) {
      self.segment = segment
      self.offset = offset
    }

    init(fields: inout FieldScanner, _ field: StaticString) throws(ParseError) {
      let word = try fields.word(field, expected: "SEGMENT:OFFSET")
      guard let segment = word.head(before: UInt8(ascii: ":"))?.bytes.decimal(as: UInt32.self),
        let offset = word.tail(behind: UInt8(ascii: ":"))?.bytes.decimal(as: UInt32.self)
      else { throw fields.unexpected(word, field, expected: "SEGMENT:OFFSET") }
      self.init(segment: segment, offset: offset)
    }

    func write(to text: inout TextWriter) {
      // A device number has the same form.
      text.device(Device(major: segment, minor: offset))
    }
  }

  /// The state of a cache, as the kernel keeps it in its metadata.
  public struct Flags: RawRepresentable, Hashable, Sendable, Codable {
    /// The bits.
    public var rawValue: UInt32

    /// Creates flags from their bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Whether cached data is checked when it is read.
    public var checksData: Bool { rawValue & 1 != 0 }
    /// Whether the cache is set up.
    public var isInitialised: Bool { rawValue & 2 != 0 }
    /// The number of the cache mode; 0 is writeback.
    public var cacheMode: UInt32 { rawValue >> 2 & 0xf }
  }

  /// The type of target.
  public static var targetType: TargetType { .pcache }

  /// The flags of the superblock.
  public var superblockFlags: UInt32
  /// The number of segments on the cache device, of 16 MiB each.
  public var segments: UInt32
  /// The number of segments that the cache may use.
  public var cacheSegments: UInt32
  /// The number of segments in use.
  public var usedSegments: UInt32
  /// The percentage of used segments from which on space is reclaimed.
  public var gcPercent: UInt32
  /// The state of the cache.
  public var flags: Flags
  /// Where new keys are written.
  public var keyHead: Position
  /// Where the first keys stand whose data isn't on the device below yet.
  public var dirtyTail: Position
  /// Where the first keys stand that may be reclaimed.
  public var keyTail: Position
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    superblockFlags: UInt32, segments: UInt32, cacheSegments: UInt32, usedSegments: UInt32,
    gcPercent: UInt32, flags: Flags, keyHead: Position, dirtyTail: Position, keyTail: Position,
    trailing: TargetText = TargetText()
  ) {
    self.superblockFlags = superblockFlags
    self.segments = segments
    self.cacheSegments = cacheSegments
    self.usedSegments = usedSegments
    self.gcPercent = gcPercent
    self.flags = flags
    self.keyHead = keyHead
    self.dirtyTail = dirtyTail
    self.keyTail = keyTail
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    superblockFlags = try fields.hexadecimal("superblock flags")
    segments = try fields.number("segments")
    cacheSegments = try fields.number("cache segments")
    usedSegments = try fields.number("used segments")
    gcPercent = try fields.number("gc percent")
    flags = Flags(rawValue: try fields.hexadecimal("cache flags"))
    keyHead = try Position(fields: &fields, "key head")
    dirtyTail = try Position(fields: &fields, "dirty tail")
    keyTail = try Position(fields: &fields, "key tail")
    trailing = fields.remainder()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.text(String(superblockFlags, radix: 16))
    text.number(segments)
    text.number(cacheSegments)
    text.number(usedSegments)
    text.number(gcPercent)
    text.text(String(flags.rawValue, radix: 16))
    keyHead.write(to: &text)
    dirtyTail.write(to: &text)
    keyTail.write(to: &text)
    text.text(trailing)
  }
}

extension PcacheStatus {
  /// Whether all that was written is on the device below too.
  public var isClean: Bool { keyHead == dirtyTail }

  /// Degraded while every segment of the cache is in use, when writes wait for space.
  public var health: Health {
    usedSegments >= cacheSegments ? Health(.degraded, ["cache full"]) : .healthy
  }
}

extension FieldScanner {
  /// Reads a hexadecimal number without prefix, in lower-case digits as the kernel prints them.
  fileprivate mutating func hexadecimal(_ field: StaticString) throws(ParseError) -> UInt32 {
    let word = try word(field, expected: "a hexadecimal number")
    var value: UInt32 = 0
    for index in word.bytes.indices {
      let byte = word.bytes[index]
      let digit =
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte &- UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte &- UInt8(ascii: "a")) &+ 10
        default: UInt32.max
        }
      guard digit < 16, value.leadingZeroBitCount >= 4 else {
        throw unexpected(word, field, expected: "a hexadecimal number of 32 bits")
      }
      value = value << 4 | digit
    }
    return value
  }
}
