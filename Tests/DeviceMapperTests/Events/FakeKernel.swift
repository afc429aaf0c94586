@testable import DeviceMapper
import DeviceMapperTargets
import SystemPackage

/// Devices without a kernel, of which each operation leaves the traces that a kernel's leaves.
struct FakeKernel {
  struct Entry {
    var listed: ListedDevice
    /// The states of the two devices of an array.
    var status: AnyStatus?
    var table: Int?
  }

  private(set) var entries: [Entry] = []
  /// What was announced since it was asked for last.
  private var heard = HeardUevents()
  private var tables = 0

  static func status(_ text: String) throws -> AnyStatus {
    .raid(try RaidStatus(parsing: "raid1 2 \(text) idle 0 0 -"))
  }

  var list: [ListedDevice] { entries.map(\.listed).sorted { $0.name < $1.name } }

  mutating func drain() -> HeardUevents {
    defer { heard = HeardUevents() }
    return heard
  }

  func read(_ device: Device, _ needsTable: Bool) throws(DmError) -> DeviceReading {
    guard let entry = entries.first(where: { $0.listed.device == device }) else {
      throw DmError(.refused, command: .tableStatus, errno: .noSuchAddressOrDevice)
    }
    let info = DeviceInfo(
      interfaceVersion: InterfaceVersion(major: 4, minor: 47, patch: 0), device: device,
      name: entry.listed.name, uuid: entry.listed.uuid, openCount: 0,
      eventNumber: entry.listed.eventNumber ?? 0, targetCount: 1, flags: [])
    return DeviceReading(
      info: info, targets: entry.status.map { [TargetState($0)] } ?? [],
      tableHash: needsTable ? entry.table ?? 0 : nil)
  }

  /// Creates a device with the first free minor number.
  mutating func create(_ name: DmName, uuid: DmUuid? = nil, status: AnyStatus? = nil) {
    let taken = Set(entries.map(\.listed.device.minor))
    guard let minor = (0...).first(where: { !taken.contains($0) }) else { return }
    let listed = ListedDevice(
      name: name, device: Device(major: 253, minor: minor), eventNumber: 0, uuid: uuid)
    entries.append(Entry(listed: listed))
    if let status { load(entries.count - 1, status) }
  }

  mutating func remove(_ index: Int) {
    // A device that never had a table has nothing that could be announced.
    if entries[index].table != nil { heard.removed.insert(entries[index].listed.device.minor) }
    entries.remove(at: index)
  }

  /// Puts another table into effect.
  mutating func load(_ index: Int, _ status: AnyStatus) {
    tables += 1
    entries[index].table = tables
    entries[index].status = status
    heard.changed.insert(entries[index].listed.device.minor)
  }

  mutating func rename(_ index: Int, _ name: DmName) {
    entries[index].listed.name = name
    raise(index)
    heard.changed.insert(entries[index].listed.device.minor)
  }

  mutating func setUuid(_ index: Int, _ uuid: DmUuid) {
    entries[index].listed.uuid = uuid
    raise(index)
    heard.changed.insert(entries[index].listed.device.minor)
  }

  mutating func event(_ index: Int, _ status: AnyStatus) {
    entries[index].status = status
    entries[index].listed.eventNumber = (entries[index].listed.eventNumber ?? 0) &+ 1
  }

  /// A rename is an event of a device that has a table.
  private mutating func raise(_ index: Int) {
    guard let number = entries[index].listed.eventNumber, entries[index].table != nil else {
      return
    }
    entries[index].listed.eventNumber = number &+ 1
  }
}

extension DeviceStates {
  /// One look, as it is done at a kernel.
  mutating func look(
    at kernel: inout FakeKernel, asksSilent: Bool = false
  ) -> [DmEvent] {
    let heard = kernel.drain()
    let now = kernel
    return update(now.list, heard, asksSilent: asksSilent, now.read)
  }
}
