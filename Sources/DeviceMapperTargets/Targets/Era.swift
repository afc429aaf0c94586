/// The parameters of `era`: a device that remembers in which era each block was last written.
///
/// Text: `METADATA ORIGIN BLOCK`. Kernel document: `admin-guide/device-mapper/era.rst`.
public struct EraTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = EraStatus
  /// A message to the target.
  public typealias Message = EraMessage

  /// The type of target.
  public static var targetType: TargetType { .era }

  /// The block sizes that the kernel has: multiples of 8 sectors.
  public static let blockSizes: ClosedRange<Sectors> = 8...4_294_967_288

  /// The device that holds the metadata.
  public var metadataDevice: DeviceReference
  /// The device below.
  public var originDevice: DeviceReference
  /// The size of a block, the unit in which writes are remembered.
  public let blockSize: Sectors

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` unless the block size is a multiple of 8 in ``blockSizes``.
  public init(
    metadataDevice: DeviceReference, originDevice: DeviceReference, blockSize: Sectors
  ) throws(ParameterError) {
    guard Self.blockSizes.contains(blockSize), blockSize.rawValue.isMultiple(of: 8) else {
      throw ParameterError(
        Self.targetType, "block size", rule: "a multiple of 8 sectors from 8 to 4294967288")
    }
    self.metadataDevice = metadataDevice
    self.originDevice = originDevice
    self.blockSize = blockSize
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let metadata = try fields.device("metadata device")
    let origin = try fields.device("origin device")
    let blockSize: Sectors = try fields.quantity("block size")
    try fields.end()
    do {
      try self.init(metadataDevice: metadata, originDevice: origin, blockSize: blockSize)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like ``init(metadataDevice:originDevice:blockSize:)``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let metadata = try values.decode(DeviceReference.self, forKey: .metadataDevice)
    let origin = try values.decode(DeviceReference.self, forKey: .originDevice)
    let blockSize = try values.decode(Sectors.self, forKey: .blockSize)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(metadataDevice: metadata, originDevice: origin, blockSize: blockSize)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(metadataDevice)
    text.device(originDevice)
    text.quantity(blockSize)
  }
}

/// A message to an `era` target.
public enum EraMessage: TargetMessage {
  /// Begin a new era, perhaps; the status tells which one it is.
  case checkpoint
  /// Hold a snapshot of the metadata for user space to read; `EINVAL` if one is held.
  case takeMetadataSnapshot
  /// Let go of the snapshot of the metadata; `EINVAL` if none is held.
  case dropMetadataSnapshot

  /// Appends the words of the message.
  public func write(to text: inout TextWriter) {
    switch self {
    case .checkpoint: text.word("checkpoint")
    case .takeMetadataSnapshot: text.word("take_metadata_snap")
    case .dropMetadataSnapshot: text.word("drop_metadata_snap")
    }
  }
}
