/// The parameters of `flakey`: another device that is well for a while, then faulty for a while.
///
/// Text: `DEVICE START UP DOWN [COUNT FEATURE…]`.
/// Kernel document: `admin-guide/device-mapper/dm-flakey.rst`.
public struct FlakeyTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = FlakeyStatus

  /// The type of target.
  public static var targetType: TargetType { .flakey }

  /// The device below.
  public var device: DeviceReference
  /// The first sector of the range on the device below.
  public var start: Sectors
  /// How long the device is well, in seconds.
  public let up: UInt32
  /// How long the device is faulty, in seconds.
  public let down: UInt32
  /// In which way the device is faulty; without any, it fails every request.
  public var features: FlakeyFeatures

  /// Creates parameters from their fields; `up` and `down` are in seconds.
  ///
  /// - Throws: ``ParameterError`` unless `up` and `down` together are from 1 to 4294967295.
  public init(
    device: DeviceReference, start: Sectors, up: UInt32, down: UInt32,
    features: FlakeyFeatures = FlakeyFeatures()
  ) throws(ParameterError) {
    let (sum, overflow) = up.addingReportingOverflow(down)
    if overflow || sum == 0 {
      throw ParameterError(
        Self.targetType, "up and down interval", rule: "1 to 4294967295 seconds together")
    }
    self.device = device
    self.start = start
    self.up = up
    self.down = down
    self.features = features
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let device = try fields.device("device")
    let start: Sectors = try fields.quantity("start")
    let up: UInt32 = try fields.number("up interval")
    let down: UInt32 = try fields.number("down interval")
    let features = try FlakeyFeatures(fields: &fields)
    try fields.end()
    do {
      try self.init(device: device, start: start, up: up, down: down, features: features)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like ``init(device:start:up:down:features:)``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let device = try values.decode(DeviceReference.self, forKey: .device)
    let start = try values.decode(Sectors.self, forKey: .start)
    let up = try values.decode(UInt32.self, forKey: .up)
    let down = try values.decode(UInt32.self, forKey: .down)
    let features = try values.decode(FlakeyFeatures.self, forKey: .features)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(device: device, start: start, up: up, down: down, features: features)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(device)
    text.quantity(start)
    text.number(up)
    text.number(down)
    features.write(to: &text)
  }
}

/// The status of `flakey`, which has no fields.
public struct FlakeyStatus: FieldlessStatus {
  /// The type of target.
  public static var targetType: TargetType { .flakey }

  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates the status from the fields that a later kernel added.
  public init(trailing: TargetText) { self.trailing = trailing }
}
