/// How a `writecache` differs from the default, the last part of its table line.
public struct WritecacheOptions: Hashable, Sendable {
  /// The greatest ``autocommitTime``: an hour, in milliseconds.
  public static let greatestAutocommitTime: UInt32 = 3_600_000
  /// The greatest ``maximumAge``: a day, in milliseconds.
  public static let greatestMaximumAge: UInt32 = 86_400_000
  /// The greatest ``pauseWriteback``: a minute, in milliseconds.
  public static let greatestPauseOfWriteback: UInt32 = 60_000

  /// Where the cache begins on its device.
  public internal(set) var startSector: Sectors = 0
  /// The percentage of used blocks at which they begin to be written back; by default 50.
  public internal(set) var highWatermark: UInt8?
  /// The percentage of used blocks at which that ends; by default 45.
  public internal(set) var lowWatermark: UInt8?
  /// The most blocks that are written back at a time; by default there is no limit.
  public internal(set) var writebackJobs: UInt32?
  /// After how many blocks written they are committed; by default 64 in memory, else 65536.
  public internal(set) var autocommitBlocks: UInt32?
  /// After how long what was written is committed, in milliseconds; by default 1000.
  public internal(set) var autocommitTime: UInt32?
  /// After how long a block is written back, in milliseconds; by default never for its age (target
  /// version 1.3).
  public internal(set) var maximumAge: UInt32?
  /// Whether everything is written back and nothing cached any more (target version 1.3).
  public internal(set) var isCleaner = false
  /// Whether blocks are written back with FUA, by default so; only for memory.
  public internal(set) var usesFUA: Bool?
  /// Whether only metadata of file systems is cached (target version 1.5).
  public internal(set) var cachesMetadataOnly = false
  /// For how long nothing is written back after a read, in milliseconds (target version 1.5).
  public internal(set) var pauseWriteback: UInt32?
  /// Words that this version doesn't know, in order.
  public internal(set) var unknown: [TargetWord] = []

  /// Creates options that leave everything out.
  public init() {}

  /// Creates options, each of which is left out by default.
  ///
  /// - Throws: ``ParameterError`` if a percentage or a time is too great, or the high watermark is
  ///   below the low one, their defaults included.
  public init(
    startSector: Sectors = 0, highWatermark: UInt8? = nil, lowWatermark: UInt8? = nil,
    writebackJobs: UInt32? = nil, autocommitBlocks: UInt32? = nil, autocommitTime: UInt32? = nil,
    maximumAge: UInt32? = nil, isCleaner: Bool = false, usesFUA: Bool? = nil,
    cachesMetadataOnly: Bool = false, pauseWriteback: UInt32? = nil, unknown: [TargetWord] = []
  ) throws(ParameterError) {
    self.startSector = startSector
    self.highWatermark = highWatermark
    self.lowWatermark = lowWatermark
    self.writebackJobs = writebackJobs
    self.autocommitBlocks = autocommitBlocks
    self.autocommitTime = autocommitTime
    self.maximumAge = maximumAge
    self.isCleaner = isCleaner
    self.usesFUA = usesFUA
    self.cachesMetadataOnly = cachesMetadataOnly
    self.pauseWriteback = pauseWriteback
    self.unknown = unknown
    try check()
  }

  func check() throws(ParameterError) {
    let (high, low) = (highWatermark ?? 50, lowWatermark ?? 45)
    guard high <= 100, low <= high else {
      throw ParameterError(
        .writecache, "watermarks",
        rule: "percentages, the high one (by default 50) no less than the low one (by default 45)")
    }
    guard autocommitTime ?? 0 <= Self.greatestAutocommitTime else {
      throw ParameterError(.writecache, "autocommit time", rule: "at most 3600000 milliseconds")
    }
    guard maximumAge ?? 0 <= Self.greatestMaximumAge else {
      throw ParameterError(.writecache, "maximum age", rule: "at most 86400000 milliseconds")
    }
    guard pauseWriteback ?? 0 <= Self.greatestPauseOfWriteback else {
      throw ParameterError(.writecache, "pause of writeback", rule: "at most 60000 milliseconds")
    }
  }
}

extension WritecacheOptions: Codable {
  /// Decodes the options and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    startSector = try values.decode(Sectors.self, forKey: .startSector)
    highWatermark = try values.decodeIfPresent(UInt8.self, forKey: .highWatermark)
    lowWatermark = try values.decodeIfPresent(UInt8.self, forKey: .lowWatermark)
    writebackJobs = try values.decodeIfPresent(UInt32.self, forKey: .writebackJobs)
    autocommitBlocks = try values.decodeIfPresent(UInt32.self, forKey: .autocommitBlocks)
    autocommitTime = try values.decodeIfPresent(UInt32.self, forKey: .autocommitTime)
    maximumAge = try values.decodeIfPresent(UInt32.self, forKey: .maximumAge)
    isCleaner = try values.decode(Bool.self, forKey: .isCleaner)
    usesFUA = try values.decodeIfPresent(Bool.self, forKey: .usesFUA)
    cachesMetadataOnly = try values.decode(Bool.self, forKey: .cachesMetadataOnly)
    pauseWriteback = try values.decodeIfPresent(UInt32.self, forKey: .pauseWriteback)
    unknown = try values.decode([TargetWord].self, forKey: .unknown)
    let options = self
    try decoder.checked { () throws(ParameterError) in try options.check() }
  }
}
