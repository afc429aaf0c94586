/// The parameters of `cache`: a slow device, a fast one that holds its hot blocks, and the metadata
/// of which.
///
/// Text: `METADATA CACHE ORIGIN BLOCK COUNT [FEATURE…] POLICY COUNT [KEY VALUE…]`.
/// Kernel document: `admin-guide/device-mapper/cache.rst`.
public struct CacheTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = CacheDevStatus
  /// A message to the target.
  public typealias Message = CacheMessage

  /// The type of target.
  public static var targetType: TargetType { .cache }

  /// The block sizes that the kernel has: 32 KiB to 1 GiB.
  public static let cacheBlockSizes: ClosedRange<Sectors> = 64...2_097_152
  /// What a block size must be a multiple of: 32 KiB.
  public static let cacheBlockSizeGranularity: Sectors = 64

  /// The device that holds the metadata.
  public var metadataDevice: DeviceReference
  /// The fast device.
  public var cacheDevice: DeviceReference
  /// The slow device.
  public var originDevice: DeviceReference
  /// How much is moved between the two at a time.
  public let cacheBlockSize: Sectors
  /// What becomes of writes and discards, and the format of the metadata.
  public var features: CacheFeatures
  /// What decides which blocks are in the cache.
  public var policy: CachePolicy
  /// Words behind the policy's, which the kernel doesn't look at and prints.
  public var trailing: TargetText

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if the block size is none that the kernel has.
  public init(
    metadataDevice: DeviceReference, cacheDevice: DeviceReference, originDevice: DeviceReference,
    cacheBlockSize: Sectors, features: CacheFeatures = CacheFeatures(),
    policy: CachePolicy = CachePolicy(.default), trailing: TargetText = TargetText()
  ) throws(ParameterError) {
    self.metadataDevice = metadataDevice
    self.cacheDevice = cacheDevice
    self.originDevice = originDevice
    self.cacheBlockSize = cacheBlockSize
    self.features = features
    self.policy = policy
    self.trailing = trailing
    guard Self.cacheBlockSizes.contains(cacheBlockSize),
      cacheBlockSize.isMultiple(of: Self.cacheBlockSizeGranularity)
    else {
      throw ParameterError(
        Self.targetType, "cache block size", rule: "a multiple of 64 sectors from 64 to 2097152")
    }
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let metadata = try fields.device("metadata device")
    let cache = try fields.device("cache device")
    let origin = try fields.device("origin device")
    let block: Sectors = try fields.quantity("cache block size")
    let features = try CacheFeatures(fields: &fields)
    let policy = try CachePolicy(fields: &fields)
    let trailing = fields.remainder()
    do {
      try self.init(
        metadataDevice: metadata, cacheDevice: cache, originDevice: origin, cacheBlockSize: block,
        features: features, policy: policy, trailing: trailing)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let metadata = try values.decode(DeviceReference.self, forKey: .metadataDevice)
    let cache = try values.decode(DeviceReference.self, forKey: .cacheDevice)
    let origin = try values.decode(DeviceReference.self, forKey: .originDevice)
    let block = try values.decode(Sectors.self, forKey: .cacheBlockSize)
    let features = try values.decode(CacheFeatures.self, forKey: .features)
    let policy = try values.decode(CachePolicy.self, forKey: .policy)
    let trailing = try values.decode(TargetText.self, forKey: .trailing)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(
        metadataDevice: metadata, cacheDevice: cache, originDevice: origin, cacheBlockSize: block,
        features: features, policy: policy, trailing: trailing)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(metadataDevice)
    text.device(cacheDevice)
    text.device(originDevice)
    text.quantity(cacheBlockSize)
    features.write(to: &text)
    policy.write(to: &text)
    text.text(trailing)
  }
}
