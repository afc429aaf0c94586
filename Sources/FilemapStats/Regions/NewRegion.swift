import DeviceMapperTargets

/// A region to be created.
public struct NewRegion: Hashable, Sendable {
  /// The sectors, or `nil` for the whole device.
  ///
  /// The kernel doesn't compare them with the size of the device.
  public var range: SectorRange?
  /// How the region is cut into areas.
  public var step: AreaStep
  /// Whether times are counted in nanoseconds instead of milliseconds (device-mapper 4.33).
  ///
  /// Bounds that need it switch it on.
  public var precise: Bool
  /// The bounds of a latency histogram (device-mapper 4.33).
  public var bounds: HistogramBounds?
  /// The program that the region belongs to.
  public var program: ProgramId
  /// What is kept with the region.
  public var auxiliary: AuxiliaryData

  /// Creates a description of a region.
  public init(
    _ range: SectorRange? = nil, step: AreaStep = .whole, precise: Bool = false,
    bounds: HistogramBounds? = nil, program: ProgramId = .dmstats,
    auxiliary: AuxiliaryData = .none
  ) {
    self.range = range
    self.step = step
    self.precise = precise
    self.bounds = bounds
    self.program = program
    self.auxiliary = auxiliary
  }

  /// Whether the kernel will count in nanoseconds.
  var isPrecise: Bool { precise || bounds?.needsPreciseTimestamps ?? false }

  /// Appends the words of `@stats_create`.
  ///
  /// The number of options is always sent: a name of a program that is a number would be taken for
  /// it.
  func write(to text: inout TextWriter) {
    text.word("@stats_create")
    if let range { range.write(to: &text) } else { text.word("-") }
    switch step {
    case .size(let size): text.quantity(size)
    case .whole: text.word("/1")
    case .count(let count): text.text("/\(count)")
    }
    text.number((isPrecise ? 1 : 0) + (bounds == nil ? 0 : 1) as UInt)
    if isPrecise { text.word("precise_timestamps") }
    if let bounds {
      let unit = isPrecise ? TimeUnit.nanosecond : .millisecond
      let numbers = bounds.nanoseconds.map { "\($0 / unit.nanoseconds)" }
      text.text("histogram:" + numbers.joined(separator: ","))
    }
    text.word(escaping: program.text.bytes)
    auxiliary.write(to: &text)
  }

  /// Makes sure that the kernel gets what is meant.
  func check() throws(StatsError) {
    // The kernel takes an empty range at the first sector for the whole device.
    if let range, range.length == 0 {
      throw StatsError(.invalidArgument, context: .argument("length"))
    }
    switch step {
    case .size(0), .count(0): throw StatsError(.invalidArgument, context: .argument("step"))
    default: break
    }
    try auxiliary.check()
  }
}
