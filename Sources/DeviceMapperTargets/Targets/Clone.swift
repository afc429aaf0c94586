/// The parameters of `clone`: a copy of a device that is usable while it is made.
///
/// Text: `METADATA DESTINATION SOURCE REGION [COUNT FEATURE… [COUNT KEY VALUE…]]`.
/// Kernel document: `admin-guide/device-mapper/dm-clone.rst` (kernel 5.4).
public struct CloneTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = CloneStatus
  /// A message to the target.
  public typealias Message = CloneMessage

  /// The type of target.
  public static var targetType: TargetType { .clone }

  /// The region sizes that the kernel has, of which it takes the powers of 2: 4 KiB to 1 GiB.
  public static let regionSizes: ClosedRange<Sectors> = 8...2_097_152
  /// The most regions that a clone has.
  public static let maximumRegions: Regions = 2_147_483_648

  /// The device that holds the metadata: which regions are copied.
  public var metadataDevice: DeviceReference
  /// The device that becomes the copy; at least as long as the target.
  public var destinationDevice: DeviceReference
  /// The device that is copied, which is only read; at least as long as the target.
  public var sourceDevice: DeviceReference
  /// The size of a region, the unit of copying.
  public let regionSize: Sectors
  /// How the clone differs from the default; messages don't change what the table says.
  public var options: CloneOptions

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` unless the region size is a power of 2 in ``regionSizes``.
  public init(
    metadataDevice: DeviceReference, destinationDevice: DeviceReference,
    sourceDevice: DeviceReference, regionSize: Sectors, options: CloneOptions = CloneOptions()
  ) throws(ParameterError) {
    guard Self.regionSizes.contains(regionSize), regionSize.rawValue.nonzeroBitCount == 1 else {
      throw ParameterError(
        Self.targetType, "region size", rule: "a power of 2 from 8 to 2097152 sectors")
    }
    self.metadataDevice = metadataDevice
    self.destinationDevice = destinationDevice
    self.sourceDevice = sourceDevice
    self.regionSize = regionSize
    self.options = options
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let metadata = try fields.device("metadata device")
    let destination = try fields.device("destination device")
    let source = try fields.device("source device")
    let regionSize: Sectors = try fields.quantity("region size")
    var options = CloneOptions()
    if !fields.isAtEnd() { try options.readFeatures(&fields) }
    if !fields.isAtEnd() { try options.readCoreArguments(&fields) }
    try fields.end()
    do {
      try self.init(
        metadataDevice: metadata, destinationDevice: destination, sourceDevice: source,
        regionSize: regionSize, options: options)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let metadata = try values.decode(DeviceReference.self, forKey: .metadataDevice)
    let destination = try values.decode(DeviceReference.self, forKey: .destinationDevice)
    let source = try values.decode(DeviceReference.self, forKey: .sourceDevice)
    let regionSize = try values.decode(Sectors.self, forKey: .regionSize)
    let options = try values.decode(CloneOptions.self, forKey: .options)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(
        metadataDevice: metadata, destinationDevice: destination, sourceDevice: source,
        regionSize: regionSize, options: options)
    }
  }

  /// Appends the fields; groups of words that would be empty are left out where they can be.
  public func write(to text: inout TextWriter) {
    text.device(metadataDevice)
    text.device(destinationDevice)
    text.device(sourceDevice)
    text.quantity(regionSize)
    if options == CloneOptions() { return }
    options.writeFeatures(to: &text)
    if options.hasCoreArguments { options.writeCoreArguments(to: &text) }
  }

  /// Checks that there aren't more regions than the kernel can count.
  public func check(length: Sectors) throws(ParameterError) {
    let (whole, rest) = length.rawValue.quotientAndRemainder(dividingBy: regionSize.rawValue)
    guard whole + (rest > 0 ? 1 : 0) <= Self.maximumRegions.rawValue else {
      throw ParameterError(Self.targetType, "length", rule: "at most 2147483648 regions")
    }
  }
}

/// A message to a `clone` target.
public enum CloneMessage: TargetMessage {
  /// Copy in the background.
  case enableHydration
  /// Copy only what is written to.
  case disableHydration
  /// Copy at most so many regions at a time.
  case setHydrationThreshold(UInt32)
  /// Try to copy so many regions in one request.
  case setHydrationBatchSize(UInt32)

  /// Appends the words of the message.
  public func write(to text: inout TextWriter) {
    switch self {
    case .enableHydration: text.word("enable_hydration")
    case .disableHydration: text.word("disable_hydration")
    case .setHydrationThreshold(let regions):
      text.word("hydration_threshold")
      text.number(regions)
    case .setHydrationBatchSize(let regions):
      text.word("hydration_batch_size")
      text.number(regions)
    }
  }
}
