public import DeviceMapperTargets

/// A region of a device, as the kernel lists it: sectors whose I/O is counted.
///
/// Message: a row of `@stats_list`.
public struct Region: Hashable, Sendable {
  /// The number of the region.
  public var id: RegionId
  /// The sectors.
  public var range: SectorRange
  /// The size of an area; the last one may be shorter.
  public var areaSize: Sectors
  // In one copy for all that have the same: there are lists of many thousands of regions, and most of
  // what they would cost is memory.
  private var shared: SharedTraits

  /// Creates a region as it might be listed.
  public init(
    id: RegionId, range: SectorRange, areaSize: Sectors? = nil, program: ProgramId = .dmstats,
    auxiliary: AuxiliaryData = .none, isPrecise: Bool = false, bounds: HistogramBounds? = nil
  ) {
    self.id = id
    self.range = range
    self.areaSize = areaSize ?? range.length
    shared = SharedTraits(
      RegionTraits(
        program: program, auxiliary: auxiliary, isPrecise: isPrecise, bounds: bounds))
  }

  /// Creates a region from a row of a list.
  init(_ row: RowReader.Row, _ shared: SharedTraits) {
    id = row.id
    range = row.range
    areaSize = row.areaSize
    self.shared = shared
  }
}

extension Region {
  private var traits: RegionTraits {
    get { shared.value }
    set { shared = SharedTraits(newValue) }
  }

  /// The program that the region belongs to.
  public var program: ProgramId {
    get { shared.value.program }
    set { traits.program = newValue }
  }

  /// What is kept with the region.
  public var auxiliary: AuxiliaryData {
    get { shared.value.auxiliary }
    set { traits.auxiliary = newValue }
  }

  /// Whether the regions belong to the same program.
  func hasProgram(of other: Region) -> Bool {
    shared === other.shared || program == other.program
  }

  /// Whether times are counted in nanoseconds instead of milliseconds.
  public var isPrecise: Bool {
    get { shared.value.isPrecise }
    set { traits.isPrecise = newValue }
  }

  /// The bounds of the latency histogram, if there is one.
  public var bounds: HistogramBounds? {
    get { shared.value.bounds }
    set { traits.bounds = newValue }
  }

  /// The number of areas.
  public var areaCount: Int {
    guard areaSize > 0 else { return 0 }
    let full = range.length / areaSize
    return Int(clamping: range.length % areaSize == 0 ? full : full + 1)
  }

  /// The sectors of an area: the kernel's counters give the last one more than it has.
  ///
  /// - Precondition: there is such an area.
  public func area(_ index: Int) -> SectorRange {
    precondition(index >= 0 && index < areaCount, "no area \(index)")
    let offset = areaSize * UInt64(index)
    return SectorRange(
      start: range.start + offset, length: min(areaSize, range.length - offset))
  }

  /// Whether the region leads a group: the tag that it carries begins with the region itself.
  public var leadsGroup: Bool { auxiliary.tag?.members.lowest == id }
}

extension Region: Codable {
  private enum CodingKeys: String, CodingKey { case id, range, areaSize }

  /// Reads an object with a key for each property.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decode(RegionId.self, forKey: .id)
    range = try values.decode(SectorRange.self, forKey: .range)
    areaSize = try values.decode(Sectors.self, forKey: .areaSize)
    shared = SharedTraits(try RegionTraits(from: decoder))
  }

  /// Writes an object with a key for each property.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(id, forKey: .id)
    try values.encode(range, forKey: .range)
    try values.encode(areaSize, forKey: .areaSize)
    try traits.encode(to: encoder)
  }
}
