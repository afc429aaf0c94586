public import DeviceMapperTargets
import SystemPackage

/// Devices that are removed, suspended or resumed together: each in front of what it stands on.
public struct DeviceStack: Hashable, Sendable {
  /// The devices, the top first.
  public let devices: [DeviceGraph.Node]

  /// Takes devices that are in order: each in front of what it stands on.
  public init(devices: [DeviceGraph.Node]) { self.devices = devices }

  /// The names of the devices, the top first.
  public var names: [DmName] { devices.compactMap(\.info?.name) }
}

extension DeviceGraph {
  /// A device-mapper device and everything that stands on it.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/inUse`` if a device of another driver is among them,
  ///   `ENXIO` if there is no such device.
  public func stack(standingOn id: DevId) throws(DmError) -> DeviceStack {
    let bottom = try require(id)
    return try stack(standing(on: bottom.device) + [bottom])
  }

  /// A device-mapper device, everything that stands on it, and what of its foundation is used by
  /// nothing else.
  ///
  /// - Throws: As ``stack(standingOn:)``.
  public func stack(with id: DevId) throws(DmError) -> DeviceStack {
    let node = try require(id)
    var devices = standing(on: node.device) + [node]
    var numbers = Set(devices.map(\.device))
    // From the top down, so that whoever uses a device has been looked at before it.
    for candidate in nodes.reversed() where candidate.info != nil {
      guard !numbers.contains(candidate.device), !candidate.dependents.isEmpty,
        candidate.dependents.allSatisfy(numbers.contains)
      else { continue }
      numbers.insert(candidate.device)
      devices.append(candidate)
    }
    return try stack(devices)
  }

  private func require(_ id: DevId) throws(DmError) -> Node {
    guard let node = self[id], node.info != nil else {
      throw DmError(.refused, command: .deviceInfo, device: id, errno: .noSuchAddressOrDevice)
    }
    return node
  }

  private func stack(_ devices: [Node]) throws(DmError) -> DeviceStack {
    for node in devices where node.info == nil {
      throw DmError(.inUse, device: .device(node.device))
    }
    return DeviceStack(devices: devices)
  }
}
