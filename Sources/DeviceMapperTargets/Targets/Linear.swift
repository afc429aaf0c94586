/// The parameters of `linear`: a range of the device is a range of another one.
///
/// Text: `DEVICE START`. Kernel document: `admin-guide/device-mapper/linear.rst`.
public struct LinearTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = LinearStatus

  /// The type of target.
  public static var targetType: TargetType { .linear }

  /// The device below.
  public var device: DeviceReference
  /// The first sector of the range on the device below.
  public var start: Sectors

  /// Creates parameters from their fields.
  public init(device: DeviceReference, start: Sectors) {
    self.device = device
    self.start = start
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    device = try fields.device("device")
    start = try fields.quantity("start")
    try fields.end()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(device)
    text.quantity(start)
  }
}

/// The status of `linear`, which has no fields.
public struct LinearStatus: TargetStatus {
  /// The type of target.
  public static var targetType: TargetType { .linear }

  /// Fields that a later kernel may add.
  public var trailing: TargetText

  /// Creates the status.
  public init() { trailing = TargetText() }

  /// Reads the fields.
  public init(fields: inout FieldScanner) { trailing = fields.remainder() }

  /// Appends the fields.
  public func write(to text: inout TextWriter) { text.text(trailing) }
}
