public import DeviceMapperTargets

/// A device in the kernel's list: `struct dm_name_list`.
public struct ListedDevice: Hashable, Sendable {
  /// The name, byte for byte as the kernel has it.
  public var name: DmName
  /// The device number.
  public var device: Device
  /// The number of events so far; `nil` before interface 4.37 (kernel 4.14).
  public var eventNumber: UInt32?
  /// The uuid, if the device has one; always `nil` before interface 4.45 (kernel 5.13).
  public var uuid: DmUuid?

  /// Creates an entry from its parts.
  public init(name: DmName, device: Device, eventNumber: UInt32?, uuid: DmUuid?) {
    self.name = name
    self.device = device
    self.eventNumber = eventNumber
    self.uuid = uuid
  }
}

extension ReplyReader {
  /// Reads the reply to `DM_LIST_DEVICES`.
  package func devices() throws(ReplyError) -> [ListedDevice] {
    var devices: [ListedDevice] = []
    guard bytes.count > dataStart else { return devices }
    // Counted beforehand: an estimate is either too small, and what there is is copied, or much too
    // large, a device taking six times as much here as in the reply.
    devices.reserveCapacity(recordCount())
    let version = (
      bytes.load(UInt32.self, at: RequestLayout.version),
      bytes.load(UInt32.self, at: RequestLayout.version + 4)
    )
    let hasEvents = version >= (4, 37)
    let hasUuids = version >= (4, 45)
    var record: Int? = dataStart
    while let offset = record {
      let number = try load(.device, UInt64.self, at: offset)
      // An empty list is one record with neither number nor name.
      if number == 0, devices.isEmpty { break }
      let step = try load(.next, UInt32.self, at: offset + 8)
      let name = try string(.name, at: offset + 12)
      guard !name.isEmpty, name.count <= DmName.maximumLength else {
        throw ReplyError(.name, offset: offset + 12)
      }
      var end = name.upperBound + 1
      var eventNumber: UInt32?
      var hasUuid = false
      if hasEvents {
        let tail = RequestLayout.aligned(end)
        end = tail + 8
        eventNumber = try load(.eventNumber, UInt32.self, at: tail)
        // Flag 1 says that a uuid follows; the field is padding in older replies.
        if hasUuids { hasUuid = try load(.uuid, UInt32.self, at: tail + 4) & 1 != 0 }
      }
      devices.append(
        ListedDevice(
          name: DmName(reply: bytes.extracting(name)),
          device: Device(hugeDeviceNumber: number), eventNumber: eventNumber, uuid: nil))
      if hasUuid {
        // In its place: a device is large, and few have one.
        let text = try string(.uuid, at: RequestLayout.aligned(end))
        devices[devices.count - 1].uuid = uuid(text)
        end = text.upperBound + 1
      }
      record = try next(step, behind: offset, to: end)
    }
    return devices
  }

  /// The number of records that begin with their distance to the next one behind eight bytes.
  private func recordCount() -> Int {
    var count = 1
    var offset = dataStart + 8
    while offset <= bytes.count - 4 {
      let step = Int(bytes.load(UInt32.self, at: offset))
      // Not the place to refuse a reply; one that makes no sense ends the count.
      if step < RequestLayout.alignment { break }
      count += 1
      offset += step
    }
    return count
  }
}
