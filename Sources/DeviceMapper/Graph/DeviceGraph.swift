public import DeviceMapperTargets
public import SystemPackage

/// What stands on what: all device-mapper devices, the block devices under them, and what else the
/// kernel has on top of them.
///
/// A graph is a value that shows how things were when it was made; ``DM/deviceGraph()`` makes one.
public struct DeviceGraph: Hashable, Sendable {
  /// A block device of a graph.
  public struct Node: Hashable, Sendable {
    /// The number of the device.
    public var device: Device
    /// What device-mapper says of it; `nil` for a block device of another driver.
    public var info: DeviceInfo?
    /// The kernel's name, such as `sda1` or `dm-3`; `nil` where there is no `/sys`.
    public var kernelName: String?
    /// What the device stands on, by number.
    public fileprivate(set) var dependencies: [Device]
    /// What stands on the device, by number.
    public fileprivate(set) var dependents: [Device] = []

    /// The name to show: that of device-mapper, the kernel's or the number.
    public var title: String { info?.name?.description ?? kernelName ?? "\(device)" }

    /// How commands address the device: by its name, by its number if it is of another driver.
    public var id: DevId { info?.name.map { .name($0) } ?? .device(device) }

    init(
      _ device: Device, info: DeviceInfo? = nil, kernelName: String? = nil,
      dependencies: [Device] = []
    ) {
      self.device = device
      self.info = info
      self.kernelName = kernelName
      self.dependencies = dependencies
    }
  }

  private var byDevice: [Device: Node] = [:]

  /// Every device once, each behind everything that it stands on.
  public private(set) var nodes: [Node] = []

  /// Links devices; one that is only mentioned becomes a node, too.
  init(_ nodes: [Node]) {
    for node in nodes { byDevice[node.device] = node }
    for node in nodes {
      for below in Set(node.dependencies) {
        byDevice[below, default: Node(below)].dependents.append(node.device)
      }
    }
    byDevice = byDevice.mapValues { node in
      var node = node
      node.dependencies = Set(node.dependencies).sorted()
      node.dependents = Set(node.dependents).sorted()
      return node
    }
    let order = closure(of: byDevice.keys.sorted(), \.dependencies)
    self.nodes = order.compactMap { byDevice[$0] }
  }
}

/// Looking devices up.
extension DeviceGraph {
  /// The device with a number.
  public subscript(_ device: Device) -> Node? { byDevice[device] }

  /// The device-mapper device with a name, a uuid or a number.
  public subscript(_ id: DevId) -> Node? {
    switch id {
    case .device(let device): self[device]
    case .name(let name): nodes.first { $0.info?.name == name }
    case .uuid(let uuid): nodes.first { $0.info?.uuid == uuid }
    }
  }

  /// The device whose node is at a path, whatever driver it is of.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/notBlockDevice`` if the path can't be looked up.
  public func node(at path: FilePath) throws(DmError) -> Node? {
    try devnodeToDevno(path).flatMap { self[$0] }
  }

  /// The devices on which nothing stands.
  public var roots: [Node] { nodes.filter(\.dependents.isEmpty) }
}

/// Walking up and down.
extension DeviceGraph {
  /// Everything that a device stands on, directly or not, each behind what it stands on itself.
  public func foundation(of device: Device) -> [Node] {
    closure(of: [device], \.dependencies).dropLast().compactMap { byDevice[$0] }
  }

  /// Everything that stands on a device, directly or not, each in front of what it stands on.
  public func standing(on device: Device) -> [Node] {
    closure(of: [device], \.dependents).dropLast().compactMap { byDevice[$0] }
  }

  /// The devices and what can be reached from them, each behind everything that it leads to.
  ///
  /// A graph that was read while it changed may lead in a circle, which ends where it closes.
  private func closure(of devices: [Device], _ next: (Node) -> [Device]) -> [Device] {
    var order: [Device] = []
    var seen: Set<Device> = []
    for device in devices where seen.insert(device).inserted {
      var path: [(device: Device, rest: ArraySlice<Device>)] = []
      path.append((device, (byDevice[device].map(next) ?? [])[...]))
      while let last = path.indices.last {
        if let child = path[last].rest.popFirst() {
          guard seen.insert(child).inserted else { continue }
          path.append((child, (byDevice[child].map(next) ?? [])[...]))
        } else {
          order.append(path.removeLast().device)
        }
      }
    }
    return order
  }
}
