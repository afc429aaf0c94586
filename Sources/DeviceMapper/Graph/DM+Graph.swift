import DeviceMapperTargets
import SystemPackage

extension DM {
  /// What stands on what at present: `DM_LIST_DEVICES`, `DM_TABLE_DEPS` of each device, and
  /// `/sys/dev/block` for the devices of other drivers.
  ///
  /// A device that goes away meanwhile is left out. Without `/sys`, the graph ends at the devices that
  /// tables use.
  public func deviceGraph() throws(DmError) -> DeviceGraph {
    var nodes: [Device: DeviceGraph.Node] = [:]
    var others: [Device] = []
    for listed in try listDevices() {
      let (info, dependencies): (DeviceInfo, [Device])
      do { (info, dependencies) = try stateAndDeps(listed.device) } catch
        where error.errno == .noSuchAddressOrDevice
      {
        continue
      }
      let block = SysfsBlock(listed.device)
      nodes[listed.device] = DeviceGraph.Node(
        listed.device, info: info, kernelName: block?.name, dependencies: dependencies)
      others += dependencies + (block?.devices(in: "holders") ?? [])
    }
    while let device = others.popLast() {
      guard nodes[device] == nil else { continue }
      let block = SysfsBlock(device)
      var below = block?.devices(in: "slaves") ?? []
      if let disk = block?.disk { below.append(disk) }
      nodes[device] = DeviceGraph.Node(device, kernelName: block?.name, dependencies: below)
      others += below + (block?.devices(in: "holders") ?? [])
    }
    return DeviceGraph(Array(nodes.values))
  }

  /// What ``tableDeps(_:options:)`` returns, and the state of the device with it.
  private func stateAndDeps(_ device: Device) throws(DmError) -> (DeviceInfo, [Device]) {
    try exchange(Request(.tableDeps, .device(device))) { (reply, _) throws(ReplyError) in
      (try DeviceInfo(reply), try reply.dependencies())
    }
  }
}
