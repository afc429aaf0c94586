public import DeviceMapperTargets
import SystemPackage

/// What is true of a device at present.
public struct DeviceConditions: Hashable, Sendable {
  /// The device.
  public var device: ListedDevice
  /// Its targets of the families that were asked for.
  public var targets: [Target]

  /// What is true of a target at present.
  public struct Target: Hashable, Sendable {
    /// The family of its events.
    public var family: DmEvent.Family
    /// The first sector of the target.
    public var start: Sectors
    /// The status of the target.
    public var status: AnyStatus
    /// The events that would have been delivered had somebody watched: those whose condition holds.
    public var conditions: [DmEvent.Kind]
  }
}

extension DM {
  /// What is true now of all devices that have targets of some families.
  ///
  /// The kernel keeps no queue of events that happened, only a number for each device,
  /// ``ListedDevice/eventNumber``; this is how things are now. A device that vanishes meanwhile is
  /// left out.
  ///
  /// - Parameters:
  ///   - families: The families of targets.
  ///   - isIncluded: Which devices to look at, if not all.
  public func conditions(
    of families: Set<DmEvent.Family> = DmEvent.Family.targets,
    where isIncluded: (ListedDevice) -> Bool = { _ in true }
  ) throws(DmError) -> [DeviceConditions] {
    var all: [DeviceConditions] = []
    for device in try listDevices() {
      let reading: DeviceReading
      do { reading = try DeviceReading(self, device.device, needsTable: false) } catch
        where error.errno == .noSuchAddressOrDevice
      {
        continue
      }
      var device = device
      // The list of a kernel before 5.13 has no uuids.
      device.uuid = reading.info.uuid
      guard isIncluded(device) else { continue }
      device.eventNumber = reading.info.eventNumber
      let targets = reading.targets.compactMap { target -> DeviceConditions.Target? in
        guard let family = DmEvent.Family(target.status), families.contains(family) else {
          return nil
        }
        return DeviceConditions.Target(
          family: family, start: target.start, status: target.status,
          conditions: target.conditions)
      }
      if !targets.isEmpty { all.append(DeviceConditions(device: device, targets: targets)) }
    }
    return all
  }
}
