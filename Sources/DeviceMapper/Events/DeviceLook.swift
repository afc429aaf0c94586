import DeviceMapperTargets
import SystemPackage

/// The way from the kernel to what it tells.
///
/// The order is what loses nothing: whatever happens after the control descriptor is armed makes it
/// readable again, and whatever happened before is in the list that is read after it.
struct DeviceLook {
  /// A context of its own: arming its descriptor is nobody else's business.
  private let dm: DM
  /// Opened before the first list, so that a table that comes into effect after it is heard of.
  private let uevents: UeventSocket?
  /// Whether the kernel's list has uuids (kernel 5.13).
  private let listsUuids: Bool
  private let trace: (@Sendable (EventTrace) -> Void)?
  private var states: DeviceStates
  private var known: [Device: ListedDevice] = [:]
  /// What was announced after the last list and is for the next one: which of its devices are others.
  private var heard = HeardUevents()

  /// Opens what it takes; the first look is ``baseline()``.
  init(_ dm: DM, _ options: EventOptions) throws(DmError) {
    // Also the way to learn whether the kernel can do this at all.
    try dm.armPoll()
    listsUuids = try dm.version() >= InterfaceVersion(major: 4, minor: 45, patch: 0)
    self.dm = dm
    trace = options.trace
    states = DeviceStates(options)
    uevents = UeventSocket()
  }

  /// What becomes readable when there is something to see.
  var descriptors: [CInt] {
    var descriptors = [dm.controlDescriptor.rawValue]
    if let uevents { descriptors.append(uevents.descriptor.rawValue) }
    return descriptors
  }

  /// Whether there are targets that have to be asked.
  var hasSilentTargets: Bool { states.hasSilentTargets }

  /// Takes the baseline, to which the first look is compared.
  ///
  /// - Returns: What is true now, if that is wanted.
  mutating func baseline() throws(DmError) -> [DmEvent] {
    states.begin(try list(), read)
  }

  /// Compares the devices with how they were.
  ///
  /// - Parameter asksSilent: Whether the targets are asked of which the kernel raises no event.
  mutating func next(asksSilent: Bool) throws(DmError) -> [DmEvent] {
    var heard = self.heard
    if let uevents { heard.formUnion(uevents.drain()) } else { heard.isIncomplete = true }
    try dm.armPoll()
    trace?(EventTrace(command: .armPoll, device: nil, reply: ""))
    let list = try list()
    // Changes that were announced since will be seen by what is read from here on. Left for the next
    // look they would have devices read once more.
    if let late = uevents?.drain() {
      heard.formUnion(HeardUevents(changed: late.changed, isIncomplete: late.isIncomplete))
      self.heard = HeardUevents(removed: late.removed, isIncomplete: late.isIncomplete)
    }
    return states.update(list, heard, asksSilent: asksSilent, read)
  }

  private func read(_ device: Device, _ needsTable: Bool) throws(DmError) -> DeviceReading {
    guard let trace else { return try DeviceReading(dm, device, needsTable: needsTable) }
    do {
      let reading = try DeviceReading(dm, device, needsTable: needsTable)
      let lines = reading.targets.map { target in
        "\(target.start.rawValue) \(target.status.targetType) \(target.status.text)"
      }
      trace(
        EventTrace(
          command: .tableStatus, device: device,
          reply: "event \(reading.info.eventNumber): " + lines.joined(separator: "; ")))
      return reading
    } catch {
      trace(EventTrace(command: .tableStatus, device: device, reply: "\(error)"))
      throw error
    }
  }

  /// The devices with their uuids, for which an old kernel has to be asked one by one.
  private mutating func list() throws(DmError) -> [ListedDevice] {
    var list = try dm.listDevices()
    trace?(EventTrace(command: .listDevices, device: nil, reply: "\(list.count) devices"))
    if listsUuids { return list }
    for index in list.indices {
      let (old, listed) = (known[list[index].device], list[index])
      if let old, listed.name == old.name, listed.eventNumber == old.eventNumber {
        list[index].uuid = old.uuid
      } else {
        list[index].uuid = (try? dm.deviceInfo(.device(listed.device)))?.uuid
      }
    }
    known = Dictionary(list.map { ($0.device, $0) }) { $1 }
    return list
  }
}
