/// The parameters of `zoned`: zoned devices as one ordinary device.
///
/// Text: `DEVICE…`: a zoned device, or a regular one for the cache and then zoned ones (target
/// version 2.0). Kernel document: `admin-guide/device-mapper/dm-zoned.rst`.
public struct ZonedTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = ZonedStatus
  /// A message to the target.
  public typealias Message = ZonedMessage

  /// The type of target.
  public static var targetType: TargetType { .zoned }

  /// The devices, all prepared together with `dmzadm`.
  public let devices: [DeviceReference]

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if there is no device.
  public init(devices: [DeviceReference]) throws(ParameterError) {
    guard !devices.isEmpty else {
      throw ParameterError(Self.targetType, "number of devices", rule: "1 or more")
    }
    self.devices = devices
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    var devices = [try fields.device("device")]
    while !fields.isAtEnd() { devices.append(try fields.device("device")) }
    do { try self.init(devices: devices) } catch { throw fields.rejected(error) }
  }

  /// Decodes the fields and checks them like ``init(devices:)``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let devices = try values.decode([DeviceReference].self, forKey: .devices)
    self = try decoder.checked { () throws(ParameterError) in try Self(devices: devices) }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    for device in devices { text.device(device) }
  }
}

/// A message to a `zoned` target.
public enum ZonedMessage: TargetMessage {
  /// Begin to free zones now (target version 2.0).
  case reclaim

  /// Appends the words of the message.
  public func write(to text: inout TextWriter) {
    switch self {
    case .reclaim: text.word("reclaim")
    }
  }
}
