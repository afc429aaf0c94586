public import DeviceMapperTargets

/// A region of a device, as the kernel lists it: sectors whose I/O is counted.
///
/// Message: a row of `@stats_list`.
public struct Region: Hashable, Sendable, Codable {
  /// The number of the region.
  public var id: RegionId
  /// The sectors.
  public var range: SectorRange
  /// The size of an area; the last one may be shorter.
  public var areaSize: Sectors
  /// The program that the region belongs to.
  public var program: ProgramId
  /// What is kept with the region.
  public var auxiliary: AuxiliaryData
  /// Whether times are counted in nanoseconds instead of milliseconds.
  public var isPrecise: Bool
  /// The bounds of the latency histogram, if there is one.
  public var bounds: HistogramBounds?

  /// Creates a region as it might be listed.
  public init(
    id: RegionId, range: SectorRange, areaSize: Sectors? = nil, program: ProgramId = .dmstats,
    auxiliary: AuxiliaryData = .none, isPrecise: Bool = false, bounds: HistogramBounds? = nil
  ) {
    self.id = id
    self.range = range
    self.areaSize = areaSize ?? range.length
    self.program = program
    self.auxiliary = auxiliary
    self.isPrecise = isPrecise
    self.bounds = bounds
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
