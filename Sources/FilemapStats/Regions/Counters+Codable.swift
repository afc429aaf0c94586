import DeviceMapperTargets

extension Counters: Codable {
  private enum CodingKeys: String, CodingKey {
    case reads, readsMerged, sectorsRead
    case timeReading = "timeReadingNanoseconds"
    case writes, writesMerged, sectorsWritten
    case timeWriting = "timeWritingNanoseconds"
    case inFlight
    case timeBusy = "timeBusyNanoseconds"
    case weightedTimeBusy = "weightedTimeBusyNanoseconds"
    case timeBusyReading = "timeBusyReadingNanoseconds"
    case timeBusyWriting = "timeBusyWritingNanoseconds"
    case histogram
  }

  /// Reads an object; times are whole nanoseconds.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func time(_ key: CodingKeys) throws -> Duration {
      .nanoseconds(try values.decode(UInt64.self, forKey: key))
    }
    reads = try values.decode(UInt64.self, forKey: .reads)
    readsMerged = try values.decode(UInt64.self, forKey: .readsMerged)
    sectorsRead = try values.decode(Sectors.self, forKey: .sectorsRead)
    timeReading = try time(.timeReading)
    writes = try values.decode(UInt64.self, forKey: .writes)
    writesMerged = try values.decode(UInt64.self, forKey: .writesMerged)
    sectorsWritten = try values.decode(Sectors.self, forKey: .sectorsWritten)
    timeWriting = try time(.timeWriting)
    inFlight = try values.decode(UInt64.self, forKey: .inFlight)
    timeBusy = try time(.timeBusy)
    weightedTimeBusy = try time(.weightedTimeBusy)
    timeBusyReading = try time(.timeBusyReading)
    timeBusyWriting = try time(.timeBusyWriting)
    histogram = try values.decodeIfPresent(Histogram.self, forKey: .histogram)
  }

  /// Writes an object; times are whole nanoseconds.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    func encode(_ time: Duration, _ key: CodingKeys) throws {
      try values.encode(UInt64(clamping: time.attoseconds / 1_000_000_000), forKey: key)
    }
    try values.encode(reads, forKey: .reads)
    try values.encode(readsMerged, forKey: .readsMerged)
    try values.encode(sectorsRead, forKey: .sectorsRead)
    try encode(timeReading, .timeReading)
    try values.encode(writes, forKey: .writes)
    try values.encode(writesMerged, forKey: .writesMerged)
    try values.encode(sectorsWritten, forKey: .sectorsWritten)
    try encode(timeWriting, .timeWriting)
    try values.encode(inFlight, forKey: .inFlight)
    try encode(timeBusy, .timeBusy)
    try encode(weightedTimeBusy, .weightedTimeBusy)
    try encode(timeBusyReading, .timeBusyReading)
    try encode(timeBusyWriting, .timeBusyWriting)
    try values.encodeIfPresent(histogram, forKey: .histogram)
  }
}
