public import DeviceMapperTargets

/// Something that happened to a device, derived from two looks at it.
///
/// The kernel keeps no queue of events, only a number that rises: ``DmEvents`` compares what is with
/// what was. An event says what has become of the device since the last look, however often it went
/// back and forth in between.
public struct DmEvent: Hashable, Sendable {
  /// What happened.
  public var kind: Kind
  /// The device: as it is, or as it was if it has vanished.
  public var device: ListedDevice
  /// The name that a renamed device had.
  public var previousName: DmName?
  /// How much the device's event number has risen since the last look; 0 where that isn't how the
  /// event was noticed.
  public var delta: UInt32
  /// The target that the event is about; `nil` for an event of the whole device.
  public var target: Target?

  /// Creates an event from its parts.
  public init(
    _ kind: Kind, device: ListedDevice, previousName: DmName? = nil, delta: UInt32 = 0,
    target: Target? = nil
  ) {
    self.kind = kind
    self.device = device
    self.previousName = previousName
    self.delta = delta
    self.target = target
  }
}

extension DmEvent {
  /// The target of a device that an event is about.
  public struct Target: Hashable, Sendable {
    /// The first sector of the target.
    public var start: Sectors
    /// The status of the target.
    public var status: AnyStatus
    /// The status at the last look; `nil` if there was none.
    public var previous: AnyStatus?
    /// The parts that the event is about, where it is not about the whole target: the index of a
    /// device, leg or stripe, or the number of a path.
    public var parts: [String]

    /// Creates a target from its parts.
    public init(
      start: Sectors, status: AnyStatus, previous: AnyStatus? = nil, parts: [String] = []
    ) {
      self.start = start
      self.status = status
      self.previous = previous
      self.parts = parts
    }
  }
}

extension DmEvent: CustomStringConvertible {
  /// The event in one line, for example `pool (253:3): thin_low_water: 0 1/2 3/4 - rw`.
  public var description: String {
    var text = "\(device.name) (\(device.device)): \(kind)"
    if let previousName { text += ", before \(previousName)" }
    guard let target else { return text }
    if !target.parts.isEmpty { text += " " + target.parts.joined(separator: ", ") }
    let status = target.status.text.description
    return status.isEmpty ? text : text + ": " + status
  }
}
