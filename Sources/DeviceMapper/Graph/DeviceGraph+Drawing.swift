public import DeviceMapperTargets

extension DeviceGraph: CustomStringConvertible {
  /// The graph as trees, from the devices on which nothing stands down to the disks.
  ///
  ///     thin (253:3)
  ///     └─pool (253:2)
  ///       ├─data (253:0)
  ///       │ └─sda (8:0)
  ///       └─metadata (253:1)
  ///         └─sdb (8:16)
  ///
  /// What has been drawn before with something under it is marked with `…` and not drawn again.
  public var description: String {
    var lines: [String] = []
    var drawn: Set<Device> = []
    for root in roots { draw(root, &lines, &drawn) }
    return lines.joined(separator: "\n")
  }

  /// The tree of one device and what it stands on.
  public func tree(of device: Device) -> String {
    var lines: [String] = []
    var drawn: Set<Device> = []
    if let node = self[device] { draw(node, &lines, &drawn) }
    return lines.joined(separator: "\n")
  }

  private func draw(_ root: Node, _ lines: inout [String], _ drawn: inout Set<Device>) {
    // What is still to be drawn, the next one last, with what stands in front of its own line and of
    // those below it.
    var rest = [(node: root, first: "", others: "")]
    while let (node, first, others) = rest.popLast() {
      var line = "\(first)\(node.title) (\(node.device))"
      if node.info?.isSuspended == true { line += " suspended" }
      if node.info?.hasActiveTable == false { line += " without a table" }
      let children = node.dependencies.compactMap { self[$0] }
      guard drawn.insert(node.device).inserted || children.isEmpty else {
        lines.append(line + " …")
        continue
      }
      lines.append(line)
      var (branch, below) = ("└─", "  ")
      for child in children.reversed() {
        rest.append((child, others + branch, others + below))
        (branch, below) = ("├─", "│ ")
      }
    }
  }
}
