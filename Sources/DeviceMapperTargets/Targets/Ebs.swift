/// The parameters of `ebs`: a device with another logical block size than it has.
///
/// Text: `DEVICE START EMULATED [UNDERLYING]`.
/// Kernel document: `admin-guide/device-mapper/dm-ebs.rst` (kernel 5.8).
public struct EbsTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = EbsStatus

  /// The type of target.
  public static var targetType: TargetType { .ebs }

  /// The block sizes that the kernel has, of which it takes the powers of 2.
  public static let blockSizes: ClosedRange<Sectors> = 1...32_768

  /// The device below.
  public var device: DeviceReference
  /// The first sector of the range on the device below.
  public let start: Sectors
  /// The logical block size of the target; at most the size of a page.
  public let emulatedBlockSize: Sectors
  /// The block size in which the device below is accessed; `nil` for its logical block size.
  public let underlyingBlockSize: Sectors?

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` unless the sizes are powers of 2 in ``blockSizes`` and the start
  ///   is a multiple of both.
  public init(
    device: DeviceReference, start: Sectors, emulatedBlockSize: Sectors,
    underlyingBlockSize: Sectors? = nil
  ) throws(ParameterError) {
    for (size, field) in [
      (emulatedBlockSize, "emulated block size"),
      (underlyingBlockSize ?? 1, "underlying block size"),
    ] {
      guard Self.blockSizes.contains(size), size.rawValue.nonzeroBitCount == 1 else {
        throw ParameterError(
          Self.targetType, field, rule: "a power of 2 from 1 to 32768 sectors")
      }
    }
    guard start.isMultiple(of: emulatedBlockSize), start.isMultiple(of: underlyingBlockSize ?? 1)
    else {
      throw ParameterError(Self.targetType, "start", rule: "a multiple of the block sizes")
    }
    self.device = device
    self.start = start
    self.emulatedBlockSize = emulatedBlockSize
    self.underlyingBlockSize = underlyingBlockSize
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let device = try fields.device("device")
    let start: Sectors = try fields.quantity("start")
    let emulated: Sectors = try fields.quantity("emulated block size")
    let underlying: Sectors? =
      fields.isAtEnd() ? nil : try fields.quantity("underlying block size")
    try fields.end()
    do {
      try self.init(
        device: device, start: start, emulatedBlockSize: emulated,
        underlyingBlockSize: underlying)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let device = try values.decode(DeviceReference.self, forKey: .device)
    let start = try values.decode(Sectors.self, forKey: .start)
    let emulated = try values.decode(Sectors.self, forKey: .emulatedBlockSize)
    let underlying = try values.decodeIfPresent(Sectors.self, forKey: .underlyingBlockSize)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(
        device: device, start: start, emulatedBlockSize: emulated,
        underlyingBlockSize: underlying)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(device)
    text.quantity(start)
    text.quantity(emulatedBlockSize)
    if let underlyingBlockSize { text.quantity(underlyingBlockSize) }
  }

  /// Checks that the line is longer than its start on the device below, as the kernel does.
  public func check(length: Sectors) throws(ParameterError) {
    guard start < length else {
      throw ParameterError(Self.targetType, "length", rule: "greater than the start")
    }
  }
}

/// The status of `ebs`, which has no fields.
public struct EbsStatus: FieldlessStatus {
  /// The type of target.
  public static var targetType: TargetType { .ebs }

  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates the status from the fields that a later kernel added.
  public init(trailing: TargetText) { self.trailing = trailing }
}
