public import DeviceMapperTargets

/// What the kernel says of a device in the header of every reply: `struct dm_ioctl`.
public struct DeviceInfo: Hashable, Sendable {
  /// The version of the kernel's interface.
  public var interfaceVersion: InterfaceVersion
  /// The device number; `nil` where the reply is about no device.
  public var device: Device?
  /// The name; `nil` where the reply doesn't have it.
  public var name: DmName?
  /// The uuid, if the device has one.
  public var uuid: DmUuid?
  /// How often the device is open at present.
  public var openCount: Int32
  /// The number of events so far; it never falls during a device's life.
  public var eventNumber: UInt32
  /// The number of lines of the active table, or of the inactive one if that was asked for.
  public var targetCount: UInt32
  /// The state of the device.
  public var flags: DmFlags

  /// Whether the device is suspended.
  public var isSuspended: Bool { flags.contains(.suspend) }
  /// Whether the device can't be written.
  public var isReadOnly: Bool { flags.contains(.readOnly) }
  /// Whether the device has an active table.
  public var hasActiveTable: Bool { flags.contains(.activePresent) }
  /// Whether a loaded table waits for a resume.
  public var hasInactiveTable: Bool { flags.contains(.inactivePresent) }
  /// Whether the device will be removed when its last user closes it.
  public var isDeferredRemove: Bool { flags.contains(.deferredRemove) }
}

extension DeviceInfo {
  /// Reads the header of a reply.
  package init(_ reply: borrowing ReplyReader) throws(ReplyError) {
    let bytes = reply.bytes
    interfaceVersion = InterfaceVersion(
      major: bytes.load(UInt32.self, at: RequestLayout.version),
      minor: bytes.load(UInt32.self, at: RequestLayout.version + 4),
      patch: bytes.load(UInt32.self, at: RequestLayout.version + 8))
    let number = bytes.load(UInt64.self, at: RequestLayout.device)
    device = number == 0 ? nil : Device(hugeDeviceNumber: number)
    openCount = bytes.load(Int32.self, at: RequestLayout.openCount)
    eventNumber = bytes.load(UInt32.self, at: RequestLayout.eventNumber)
    targetCount = bytes.load(UInt32.self, at: RequestLayout.targetCount)
    flags = reply.flags
    let name = try reply.string(
      .name, at: RequestLayout.name, limit: RequestLayout.nameSize)
    self.name = reply.name(name)
    let uuid = try reply.string(
      .uuid, at: RequestLayout.uuid, limit: RequestLayout.uuidSize)
    self.uuid = reply.uuid(uuid)
  }
}
