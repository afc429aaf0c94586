import DeviceMapperTargets

/// A device as it was at the last look.
struct WatchedDevice {
  /// The device in the kernel's list.
  var listed: ListedDevice
  /// Whether its events are wanted.
  var isIncluded: Bool
  /// Its targets when they were read last.
  var targets: [TargetState] = []
  /// A number that changes with its table.
  var tableHash: Int?
  /// Whether it has to be read, since it couldn't be or never was.
  var isUnread = true
  /// Whether one of its targets is of a family that is wanted.
  var isOfInterest = true
  /// Whether one of them has to be asked, since the kernel raises no event.
  var isSilent = false

  init(_ listed: ListedDevice, isIncluded: Bool) {
    self.listed = listed
    self.isIncluded = isIncluded
  }
}

extension WatchedDevice {
  /// Takes its targets for such of which everything was told.
  mutating func setTold() {
    for index in targets.indices { targets[index].isUntold = false }
  }

  /// Takes a reading, and returns what it tells.
  ///
  /// - Parameters:
  ///   - delta: How much the event number has risen.
  ///   - isRaised: Whether that tells of more than a new name or uuid.
  mutating func take(
    _ reading: DeviceReading, delta: UInt32, isRaised: Bool, families: Set<DmEvent.Family>
  ) -> [DmEvent] {
    var events: [DmEvent] = []
    var reading = reading
    if let hash = reading.tableHash, let before = tableHash, hash != before,
      families.contains(.device)
    {
      events.append(DmEvent(.deviceTableChanged, device: listed, delta: delta))
    }
    (isOfInterest, isSilent) = (false, false)
    for index in reading.targets.indices {
      let target = reading.targets[index]
      guard let family = DmEvent.Family(target.status), families.contains(family) else { continue }
      isOfInterest = true
      if target.status.isSilent { isSilent = true }
      let previous = targets.first {
        $0.start == target.start && $0.status.targetType == target.status.targetType
      }
      let transitions = reading.targets[index].transitions(since: previous, isRaised: isRaised)
      for (kind, parts) in transitions {
        events.append(
          DmEvent(
            kind, device: listed, delta: delta,
            target: DmEvent.Target(
              start: target.start, status: target.status, previous: previous?.status,
              parts: parts)))
      }
    }
    targets = reading.targets
    if let hash = reading.tableHash { tableHash = hash }
    isUnread = false
    return events
  }
}

extension ListedDevice {
  /// Whether this is the device of the same number that was in an earlier list, perhaps renamed, and
  /// not another one that has taken its number.
  ///
  /// - Parameter wasRemoved: Whether a device of this number was removed in between; `nil` if that
  ///   isn't known.
  func isSuccessor(of old: ListedDevice, wasRemoved: Bool?) -> Bool {
    // A new device begins at zero; the number wraps after four billion events.
    let rise = Int32(bitPattern: (eventNumber ?? 0) &- (old.eventNumber ?? 0))
    guard rise >= 0 else { return false }
    if uuid == old.uuid, name == old.name { return true }
    if let uuid { if uuid == old.uuid { return true } }
    // A uuid can be set once and never changed.
    guard old.uuid == nil, uuid == nil || name == old.name else { return false }
    // Another name counts as an event if the device has a table. If it has none, not even its removal
    // is announced, and it is rather another device.
    guard name == old.name || rise > 0 else { return false }
    return wasRemoved.map { !$0 } ?? (rise > 0)
  }
}
