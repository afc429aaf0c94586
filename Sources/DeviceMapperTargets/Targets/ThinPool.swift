/// The parameters of `thin-pool`: space that thin devices share, and the metadata that maps it.
///
/// Text: `METADATA DATA BLOCK LOW_WATER [COUNT FEATURE…]`.
/// Kernel document: `admin-guide/device-mapper/thin-provisioning.rst`.
public struct ThinPoolTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = ThinPoolStatus
  /// A message to the target.
  public typealias Message = ThinPoolMessage

  /// The type of target.
  public static var targetType: TargetType { .thinPool }

  /// The block sizes that the kernel has: 64 KiB to 1 GiB.
  public static let dataBlockSizes: ClosedRange<Sectors> = 128...2_097_152
  /// What a block size must be a multiple of: 64 KiB.
  public static let dataBlockSizeGranularity: Sectors = 128

  /// The device that holds the metadata.
  public var metadataDevice: DeviceReference
  /// The device that holds the data.
  public var dataDevice: DeviceReference
  /// The size of a block: the smallest part of the pool that a thin device takes.
  public let dataBlockSize: Sectors
  /// The number of free blocks at and below which the kernel sends an event.
  public var lowWaterMark: DataBlocks
  /// Whether and how the pool differs from the default, in the kernel's order.
  public var features: ThinPoolFeatures

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if the block size is none that the kernel has.
  public init(
    metadataDevice: DeviceReference, dataDevice: DeviceReference, dataBlockSize: Sectors,
    lowWaterMark: DataBlocks, features: ThinPoolFeatures = ThinPoolFeatures()
  ) throws(ParameterError) {
    self.metadataDevice = metadataDevice
    self.dataDevice = dataDevice
    self.dataBlockSize = dataBlockSize
    self.lowWaterMark = lowWaterMark
    self.features = features
    guard Self.dataBlockSizes.contains(dataBlockSize),
      dataBlockSize.rawValue.isMultiple(of: Self.dataBlockSizeGranularity.rawValue)
    else {
      throw ParameterError(
        Self.targetType, "data block size",
        rule: "a multiple of 128 sectors from 128 to 2097152")
    }
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let metadata = try fields.device("metadata device")
    let data = try fields.device("data device")
    let block: Sectors = try fields.quantity("data block size")
    let lowWater: DataBlocks = try fields.quantity("low water mark")
    let features = try ThinPoolFeatures(fields: &fields)
    try fields.end()
    do {
      try self.init(
        metadataDevice: metadata, dataDevice: data, dataBlockSize: block,
        lowWaterMark: lowWater, features: features)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let metadata = try values.decode(DeviceReference.self, forKey: .metadataDevice)
    let data = try values.decode(DeviceReference.self, forKey: .dataDevice)
    let block = try values.decode(Sectors.self, forKey: .dataBlockSize)
    let lowWater = try values.decode(DataBlocks.self, forKey: .lowWaterMark)
    let features = try values.decode(ThinPoolFeatures.self, forKey: .features)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(
        metadataDevice: metadata, dataDevice: data, dataBlockSize: block,
        lowWaterMark: lowWater, features: features)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(metadataDevice)
    text.device(dataDevice)
    text.quantity(dataBlockSize)
    text.quantity(lowWaterMark)
    features.write(to: &text)
  }
}
