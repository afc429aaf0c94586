/// The parameters of `switch`: regions of one size, each on one of several paths.
///
/// Which path a region is on is set by ``SwitchMessage`` and isn't part of the table: it is lost
/// when the table is loaded again.
///
/// Text: `COUNT REGION_SIZE 0 (DEVICE START)…`.
/// Kernel document: `admin-guide/device-mapper/switch.rst`.
public struct SwitchTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = SwitchStatus
  /// A message to the target.
  public typealias Message = SwitchMessage

  /// A range of a device below.
  public struct Path: Hashable, Sendable, Codable {
    /// The device below.
    public var device: DeviceReference
    /// The first sector of the range on the device below.
    public var start: Sectors

    /// Creates a path from its parts.
    public init(device: DeviceReference, start: Sectors) {
      self.device = device
      self.start = start
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .switch }

  /// The region sizes that the kernel has.
  public static let regionSizes: ClosedRange<Sectors> = 1...4_294_967_295

  /// The size of a region.
  public let regionSize: Sectors
  /// The paths, numbered from 0.
  public let paths: [Path]
  /// Optional words that this version doesn't know, in order; kernels so far take none.
  public let unknown: [TargetWord]

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if there is no path or the size isn't in ``regionSizes``.
  public init(
    regionSize: Sectors, paths: [Path], unknown: [TargetWord] = []
  ) throws(ParameterError) {
    guard !paths.isEmpty else {
      throw ParameterError(Self.targetType, "number of paths", rule: "1 or more")
    }
    guard Self.regionSizes.contains(regionSize) else {
      throw ParameterError(Self.targetType, "region size", rule: "1 to 4294967295 sectors")
    }
    self.regionSize = regionSize
    self.paths = paths
    self.unknown = unknown
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let count: UInt32 = try fields.number("number of paths", in: 1...UInt32.max)
    let regionSize: Sectors = try fields.quantity("region size", in: Self.regionSizes)
    let unknown = try fields.openWords("optional argument count")
    var paths: [Path] = []
    for _ in 0..<count {
      let device = try fields.device("device")
      paths.append(Path(device: device, start: try fields.quantity("start")))
    }
    try fields.end()
    do {
      try self.init(regionSize: regionSize, paths: paths, unknown: unknown)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like ``init(regionSize:paths:unknown:)``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let regionSize = try values.decode(Sectors.self, forKey: .regionSize)
    let paths = try values.decode([Path].self, forKey: .paths)
    let unknown = try values.decode([TargetWord].self, forKey: .unknown)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(regionSize: regionSize, paths: paths, unknown: unknown)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.number(UInt(paths.count))
    text.quantity(regionSize)
    text.group { text in
      for word in unknown { text.openWord(word) }
    }
    for path in paths {
      text.device(path.device)
      text.quantity(path.start)
    }
  }
}

/// The status of `switch`, which has no fields.
public struct SwitchStatus: FieldlessStatus {
  /// The type of target.
  public static var targetType: TargetType { .switch }

  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates the status from the fields that a later kernel added.
  public init(trailing: TargetText) { self.trailing = trailing }
}
