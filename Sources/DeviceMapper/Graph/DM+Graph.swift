import DeviceMapperTargets
import Glibc
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

/// A block device in `/sys/dev/block`.
private struct SysfsBlock {
  private let path: FilePath
  /// The kernel's name for the device.
  let name: String

  init?(_ device: Device) {
    let path = FilePath("/sys/dev/block/\(device)")
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe path.withPlatformString { path in
        guard let start = buffer.baseAddress else { return -1 }
        return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), buffer.count)
      }
    }
    guard count > 0,
      let name = FilePath(String(decoding: buffer[..<count], as: UTF8.self))
        .lastComponent
    else { return nil }
    self.path = path
    self.name = name.string
  }

  /// The disk of which this is a partition.
  var disk: Device? {
    let isPartition = unsafe path.appending("partition").withPlatformString {
      unsafe access($0, F_OK) == 0
    }
    return isPartition ? Self.number(path.appending("../dev")) : nil
  }

  /// The devices of one of the two folders of links: `holders`, `slaves`.
  func devices(in folder: String) -> [Device] {
    let path = path.appending(folder)
    guard let stream = unsafe path.withPlatformString({ unsafe opendir($0) }) else { return [] }
    defer { unsafe closedir(stream) }
    var devices: [Device] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix(".") { continue }
      if let device = Self.number(path.appending(name).appending("dev")) { devices.append(device) }
    }
    return devices
  }

  /// The device number in a file.
  private static func number(_ path: FilePath) -> Device? {
    var text = [UInt8](repeating: 0, count: 32)
    guard let file = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec]) else {
      return nil
    }
    let count = try? file.closeAfter {
      try unsafe text.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
    }
    guard let count, count > 1 else { return nil }
    return Device(bytes: text.span.extracting(first: count - 1))
  }
}
