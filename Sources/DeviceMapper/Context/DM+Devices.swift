public import DeviceMapperTargets
import SystemPackage

extension DM {
  /// The version of the kernel's interface: `DM_VERSION`.
  public func version() throws(DmError) -> InterfaceVersion {
    try header(Request(.version)).interfaceVersion
  }

  /// All devices, in the kernel's order: `DM_LIST_DEVICES`.
  ///
  /// Names are kept byte for byte, so that no device with an odd one hides the others.
  public func listDevices() throws(DmError) -> [ListedDevice] {
    // The flag asks for uuids; a kernel before 5.13 ignores it.
    try exchange(Request(.listDevices, flags: [.uuid])) {
      (reply, _) throws(ReplyError) in try reply.devices()
    }
  }

  /// Whether there is a device; one command, however many devices there are.
  public func deviceExists(_ id: DevId) throws(DmError) -> Bool {
    do { _ = try deviceInfo(id) } catch  where error.errno == .noSuchAddressOrDevice {
      return false
    }
    return true
  }

  /// The state of a device: `DM_DEV_STATUS`.
  ///
  /// - Throws: ``DmError`` with `ENXIO` if there is no such device.
  public func deviceInfo(
    _ id: DevId, options: DmOptions = DmOptions()
  ) throws(DmError) -> DeviceInfo {
    try check(options, for: .deviceInfo)
    return try header(Request(.deviceInfo, id, flags: options.flags))
  }

  /// Creates a device without a table: `DM_DEV_CREATE`.
  ///
  /// - Parameters:
  ///   - name: The name of the device.
  ///   - uuid: A uuid, which can also be set later, once.
  ///   - minor: The minor number, or `nil` for the first free one.
  ///   - options: ``DmFlags/readOnly``.
  /// - Throws: ``DmError`` with `EBUSY` if the name or uuid is taken, `ENXIO` if the minor number is.
  public func deviceCreate(
    _ name: DmName, uuid: DmUuid? = nil, minor: UInt32? = nil, options: DmOptions = DmOptions()
  ) throws(DmError) -> DeviceInfo {
    try check(options, for: .deviceCreate)
    var request = Request(.deviceCreate, .name(name), flags: options.flags)
    request.uuid = uuid
    if let minor {
      let device = Device(major: 0, minor: minor)
      guard device.hugeDeviceNumber != nil else {
        throw DmError(.invalidArgument, command: .deviceCreate, device: .name(name))
      }
      request.device = device
      request.flags.insert(.persistentDevice)
    } else if options.flags.contains(.persistentDevice) {
      // The flag says that the request has a number.
      throw DmError(
        .invalidOption, command: .deviceCreate, device: .name(name),
        context: .flags(.persistentDevice))
    }
    return try header(request)
  }

  /// Removes every device that isn't open: `DM_REMOVE_ALL`.
  ///
  /// - Parameter options: ``DmFlags/deferredRemove`` marks the open ones for removal.
  public func removeAll(options: DmOptions = DmOptions()) throws(DmError) {
    try check(options, for: .removeAll)
    _ = try header(Request(.removeAll, flags: options.flags))
    if options.udev != .none, !UdevTransaction.isSynchronized { try DeviceNode.updateAll() }
  }

  /// Makes the control descriptor unreadable until the next event: `DM_DEV_ARM_POLL` (kernel 4.14).
  ///
  /// To miss nothing: poll, arm, and only then look with ``listDevices()``.
  public func armPoll() throws(DmError) { _ = try header(Request(.armPoll)) }

  /// Sets what a partition table editor is told of the device's geometry: `DM_DEV_SET_GEOMETRY`.
  public func setGeometry(_ id: DevId, _ geometry: Geometry) throws(DmError) -> DeviceInfo {
    var writer = TextWriter(behind: RequestLayout.headerSize)
    geometry.write(to: &writer)
    writer.endString()
    var buffer = writer.take()
    return try send(Request(.setGeometry, id), &buffer)
  }
}

/// A disk's geometry of old, which some partition tables still mention.
public struct Geometry: Hashable, Sendable, Codable {
  /// The number of cylinders, at most 65535.
  public var cylinders: UInt16
  /// The number of heads, at most 255.
  public var heads: UInt8
  /// The number of sectors a track, at most 255.
  public var sectorsPerTrack: UInt8
  /// The sector of the whole disk at which the device begins.
  public var start: Sectors

  /// Creates a geometry.
  public init(cylinders: UInt16, heads: UInt8, sectorsPerTrack: UInt8, start: Sectors = 0) {
    self.cylinders = cylinders
    self.heads = heads
    self.sectorsPerTrack = sectorsPerTrack
    self.start = start
  }

  package func write(to text: inout TextWriter) {
    text.number(cylinders)
    text.number(heads)
    text.number(sectorsPerTrack)
    text.quantity(start)
  }
}
