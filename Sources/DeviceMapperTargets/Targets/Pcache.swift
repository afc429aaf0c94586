/// The parameters of `pcache`: a device with a cache on persistent memory.
///
/// Text: `CACHE BACKING [COUNT cache_mode MODE data_crc true|false]`. Kernels print `crc` for
/// `data_crc`, which they don't take; it is read, and printed as they take it.
/// Kernel document: `admin-guide/device-mapper/dm-pcache.rst` (kernel 6.18).
public struct PcacheTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = PcacheStatus
  /// A message to the target.
  public typealias Message = PcacheMessage

  /// What becomes of a write.
  public enum CacheMode: Keyword {
    /// It is done when it is in the cache.
    case writeback

    /// The word in a table.
    public var keyword: StaticString {
      switch self {
      case .writeback: "writeback"
      }
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .pcache }

  /// The device that holds the cache, persistent memory with DAX.
  public var cacheDevice: DeviceReference
  /// The device below.
  public var backingDevice: DeviceReference
  /// What becomes of a write.
  public var cacheMode: CacheMode
  /// Whether cached data is checked when it is read.
  public var checksData: Bool
  /// Option words that this version doesn't know, in order.
  public var unknown: [TargetWord]

  /// Creates parameters from their fields.
  public init(
    cacheDevice: DeviceReference, backingDevice: DeviceReference,
    cacheMode: CacheMode = .writeback, checksData: Bool = false, unknown: [TargetWord] = []
  ) {
    self.cacheDevice = cacheDevice
    self.backingDevice = backingDevice
    self.cacheMode = cacheMode
    self.checksData = checksData
    self.unknown = unknown
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let cache = try fields.device("cache device")
    self.init(cacheDevice: cache, backingDevice: try fields.device("backing device"))
    // Kernels always print the options; a table on its way to the kernel may end before them.
    if fields.isAtEnd() { return }
    var params = self
    try fields.group("option count") { fields throws(ParseError) in
      if fields.skip("cache_mode") {
        params.cacheMode = try fields.keyword("cache mode")
      } else if fields.skip("data_crc") || fields.skip("crc") {
        params.checksData = try fields.keyword("data crc", as: Truth.self) == .true
      } else {
        params.unknown.append(try fields.openWord("option"))
      }
    }
    try fields.end()
    self = params
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(cacheDevice)
    text.device(backingDevice)
    text.group { text in
      text.word("cache_mode")
      text.keyword(cacheMode)
      text.word("data_crc")
      text.keyword(checksData ? Truth.true : .false)
      for word in unknown { text.openWord(word) }
    }
  }
}

/// The words for a truth value.
private enum Truth: Keyword {
  case `true`, `false`

  var keyword: StaticString {
    switch self {
    case .true: "true"
    case .false: "false"
    }
  }
}

/// A message to a `pcache` target: sets how full the cache gets before space is reclaimed.
///
/// Text: `gc_percent NUMBER`.
public struct PcacheMessage: TargetMessage {
  /// The percentages that the kernel has.
  public static let gcPercentages: ClosedRange<UInt8> = 0...90

  /// The percentage of used segments from which on space is reclaimed.
  public let gcPercent: UInt8

  /// Creates a message.
  ///
  /// - Throws: ``ParameterError`` if the percentage isn't in ``gcPercentages``.
  public init(gcPercent: UInt8) throws(ParameterError) {
    guard Self.gcPercentages.contains(gcPercent) else {
      throw ParameterError(TargetType.pcache, "gc percent", rule: "from 0 to 90")
    }
    self.gcPercent = gcPercent
  }

  /// Appends the words of the message.
  public func write(to text: inout TextWriter) {
    text.word("gc_percent")
    text.number(gcPercent)
  }
}
