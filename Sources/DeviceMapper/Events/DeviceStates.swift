import DeviceMapperTargets

/// The devices as they were at the last look, and what the next one tells.
///
/// No system call is made here: the list of devices is given, and a device is read by a function.
struct DeviceStates: Sendable {
  /// Reads a device; the second argument says whether its table is wanted.
  typealias Read = (Device, Bool) throws(DmError) -> DeviceReading

  private let options: EventOptions
  /// In the kernel's order.
  private var devices: [WatchedDevice] = []

  init(_ options: EventOptions) { self.options = options }

  /// Whether there are targets that have to be asked.
  var hasSilentTargets: Bool { devices.contains { $0.isSilent } }

  /// What is known of a device.
  subscript(device: Device) -> WatchedDevice? { devices.first { $0.listed.device == device } }

  /// Takes the baseline, to which the first look is compared.
  ///
  /// - Returns: What is true now, if that is wanted.
  mutating func begin(_ list: [ListedDevice], _ read: Read) -> [DmEvent] {
    var events: [DmEvent] = []
    devices.reserveCapacity(list.count)
    for listed in list { events += appear(listed, read) }
    // An event of the kernel that is still to come about what is so already tells nothing new.
    for index in devices.indices { devices[index].setTold() }
    return options.reportsInitialState ? events : []
  }

  /// Compares the devices with how they were.
  ///
  /// - Parameters:
  ///   - list: All devices.
  ///   - heard: What was announced before the list was read.
  ///   - asksSilent: Whether the targets are asked of which the kernel raises no event.
  mutating func update(
    _ list: [ListedDevice], _ heard: HeardUevents, asksSilent: Bool = false, _ read: Read
  ) -> [DmEvent] {
    var events: [DmEvent] = []
    let isAligned =
      list.count == devices.count
      && list.indices.allSatisfy { list[$0].device == devices[$0].listed.device }
    if !isAligned {
      events += align(with: list, heard, asksSilent: asksSilent, read)
    } else {
      for index in list.indices {
        let old = devices[index].listed
        // Most devices, most of the time.
        if list[index] == old, !devices[index].isUnread, !heard.concerns(old.device),
          !(asksSilent && devices[index].isSilent)
        {
          continue
        }
        events += look(at: index, list[index], heard, asksSilent: asksSilent, read)
      }
    }
    return events
  }

  /// Takes over the list's devices and their order; what they were stays.
  private mutating func align(
    with list: [ListedDevice], _ heard: HeardUevents, asksSilent: Bool, _ read: Read
  ) -> [DmEvent] {
    var old: [Device: WatchedDevice] = [:]
    old.reserveCapacity(devices.count)
    for device in devices { old[device.listed.device] = device }
    devices.removeAll(keepingCapacity: true)
    var events: [DmEvent] = []
    for listed in list {
      if let device = old.removeValue(forKey: listed.device) {
        devices.append(device)
        events += look(
          at: devices.count - 1, listed, heard, asksSilent: asksSilent, read)
      } else {
        events += appear(listed, read)
      }
    }
    let gone = old.values.sorted { $0.listed.device < $1.listed.device }
    // First what makes room: a name that was given up may have been taken already.
    return gone.flatMap { vanish($0) } + events
  }

  /// Compares one device with how it was.
  private mutating func look(
    at index: Int, _ listed: ListedDevice, _ heard: HeardUevents, asksSilent: Bool, _ read: Read
  ) -> [DmEvent] {
    let old = devices[index].listed
    let isTouched = heard.isIncomplete || heard.concerns(old.device)
    let wasRemoved = heard.isIncomplete ? nil : heard.removed.contains(old.device.minor)
    guard listed.isSuccessor(of: old, wasRemoved: wasRemoved) else {
      let events = vanish(devices[index])
      devices[index] = WatchedDevice(listed, isIncluded: options.isIncluded?(listed) ?? true)
      return events + arrive(index, read)
    }
    var events: [DmEvent] = []
    let delta = (listed.eventNumber ?? 0) &- (old.eventNumber ?? 0)
    devices[index].listed = listed
    if listed.name != old.name || listed.uuid != old.uuid {
      devices[index].isIncluded = options.isIncluded?(listed) ?? true
    }
    guard devices[index].isIncluded else { return [] }
    if listed.name != old.name, options.families.contains(.device) {
      events.append(
        DmEvent(.deviceRenamed, device: listed, previousName: old.name, delta: delta))
    }
    let isRaised = delta > 0 && devices[index].isOfInterest
    let isAsked = asksSilent && devices[index].isSilent
    let isUnread = devices[index].isUnread
    guard isTouched || isRaised || isAsked || isUnread else { return events }
    let isNamed = listed.name != old.name || listed.uuid != old.uuid
    return events
      + take(
        index, delta: delta, names: isNamed ? 1 : 0, needsTable: isTouched || isUnread, read)
  }

  /// Takes up a device that is new.
  private mutating func appear(_ listed: ListedDevice, _ read: Read) -> [DmEvent] {
    devices.append(WatchedDevice(listed, isIncluded: options.isIncluded?(listed) ?? true))
    return arrive(devices.count - 1, read)
  }

  private mutating func arrive(_ index: Int, _ read: Read) -> [DmEvent] {
    guard devices[index].isIncluded else { return [] }
    let listed = devices[index].listed
    var events: [DmEvent] = []
    if options.families.contains(.device) {
      events.append(DmEvent(.deviceAppeared, device: listed, delta: listed.eventNumber ?? 0))
    }
    return events + take(index, delta: listed.eventNumber ?? 0, names: 0, needsTable: true, read)
  }

  private func vanish(_ device: WatchedDevice) -> [DmEvent] {
    guard device.isIncluded, options.families.contains(.device) else { return [] }
    return [DmEvent(.deviceVanished, device: device.listed)]
  }

  /// Reads a device and derives what it tells.
  ///
  /// - Parameters:
  ///   - delta: How much the event number has risen according to the list.
  ///   - names: How much of that is due to another name or uuid.
  private mutating func take(
    _ index: Int, delta: UInt32, names: UInt32, needsTable: Bool, _ read: Read
  ) -> [DmEvent] {
    let listed = devices[index].listed
    devices[index].isUnread = true
    // A device that is gone since the list was read makes the next look come at once.
    guard
      let reading = try? read(
        listed.device, needsTable && options.families.contains(.device))
    else { return [] }
    // An event since the list was read is in the status already. A smaller number, as another uuid,
    // is that of another device which has taken this one's place since.
    let rise = reading.info.eventNumber &- (listed.eventNumber ?? 0)
    guard reading.info.uuid == listed.uuid, Int32(bitPattern: rise) >= 0 else { return [] }
    // A new name since the list was read counts as an event, and is left for the next look to tell.
    let isRenamed = reading.info.name != listed.name && rise > 0
    devices[index].listed.eventNumber = reading.info.eventNumber &- (isRenamed ? 1 : 0)
    let renames = names + (isRenamed ? 1 : 0)
    return devices[index].take(
      reading, delta: delta &+ rise, isRaised: delta &+ rise > renames,
      families: options.families)
  }
}
