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
    guard bytes.count > dataStart else { return [] }
    // All of them beforehand and filled in place: a device is large, and every copy of one costs as
    // much as reading it.
    let blank = ListedDevice(
      name: DmName(reply: [0x3f].span), device: Device(hugeDeviceNumber: 0), eventNumber: nil,
      uuid: nil)
    var devices = [ListedDevice](repeating: blank, count: recordCount())
    var count = 0
    do {
      var places = devices.mutableSpan
      let version = (
        bytes.load(UInt32.self, at: RequestLayout.version),
        bytes.load(UInt32.self, at: RequestLayout.version + 4)
      )
      let hasEvents = version >= (4, 37)
      let hasUuids = version >= (4, 45)
      var record: Int? = dataStart
      while let offset = record {
        try require(.device, 8, at: offset)
        let number = bytes.load(UInt64.self, at: offset)
        // An empty list is one record with neither number nor name.
        if number == 0, count == 0 { break }
        let step = try load(.next, UInt32.self, at: offset + 8)
        let name = try string(.name, at: offset + 12)
        // The count of records follows the same steps, so there is a place for each.
        guard !name.isEmpty, name.count <= DmName.maximumLength, count < places.count else {
          throw ReplyError(.name, offset: offset + 12)
        }
        places[count].name = DmName(reply: bytes.extracting(name))
        places[count].device = Device(hugeDeviceNumber: number)
        var end = name.upperBound + 1
        if hasEvents {
          let tail = RequestLayout.aligned(end)
          try require(.eventNumber, 8, at: tail)
          places[count].eventNumber = bytes.load(UInt32.self, at: tail)
          end = tail + 8
          // Flag 1 says that a uuid follows; the field is padding in older replies.
          if hasUuids, bytes.load(UInt32.self, at: tail + 4) & 1 != 0 {
            let text = try string(.uuid, at: RequestLayout.aligned(end))
            places[count].uuid = uuid(text)
            end = text.upperBound + 1
          }
        }
        count += 1
        record = try next(step, behind: offset, to: end)
      }
    }
    if count < devices.count { devices.removeLast(devices.count - count) }
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
