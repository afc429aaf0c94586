package import DeviceMapperTargets

/// What a command sends: the fields of the header, and what follows it.
package struct Request {
  package var command: DmCommand
  package var flags: DmFlags = []
  package var name: DmName?
  package var uuid: DmUuid?
  package var device: Device?
  package var eventNumber: UInt32 = 0
  package var targetCount: UInt32 = 0

  package init(_ command: DmCommand, flags: DmFlags = []) {
    self.command = command
    self.flags = flags
  }

  package init(_ command: DmCommand, _ id: DevId, flags: DmFlags = []) {
    self.init(command, flags: flags)
    switch id {
    case .name(let name): self.name = name
    case .uuid(let uuid): self.uuid = uuid
    case .device(let device): self.device = device
    }
  }

  /// The device that the request names, for errors.
  var id: DevId? {
    if let name { return .name(name) }
    if let uuid { return .uuid(uuid) }
    return device.map { .device($0) }
  }

  /// Writes the header into the first bytes of a buffer, which are zero, for a `data_size` of all.
  package func write(to buffer: inout MutableRawSpan) {
    let version = command.minimumVersion
    buffer.storeBytes(of: version.major, toByteOffset: RequestLayout.version, as: UInt32.self)
    buffer.storeBytes(of: version.minor, toByteOffset: RequestLayout.version + 4, as: UInt32.self)
    buffer.storeBytes(of: version.patch, toByteOffset: RequestLayout.version + 8, as: UInt32.self)
    buffer.storeBytes(
      of: UInt32(buffer.byteCount), toByteOffset: RequestLayout.dataSize, as: UInt32.self)
    buffer.storeBytes(
      of: UInt32(RequestLayout.headerSize), toByteOffset: RequestLayout.dataStart, as: UInt32.self)
    buffer.storeBytes(of: targetCount, toByteOffset: RequestLayout.targetCount, as: UInt32.self)
    buffer.storeBytes(of: flags.rawValue, toByteOffset: RequestLayout.flags, as: UInt32.self)
    buffer.storeBytes(of: eventNumber, toByteOffset: RequestLayout.eventNumber, as: UInt32.self)
    if let number = device?.hugeDeviceNumber {
      buffer.storeBytes(of: number, toByteOffset: RequestLayout.device, as: UInt64.self)
    }
    if let name { buffer.store(name.bytes, at: RequestLayout.name) }
    if let uuid { buffer.store(uuid.bytes, at: RequestLayout.uuid) }
  }
}
