@testable import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import Testing

struct DeviceGraphTests {
  private static func device(_ minor: UInt32) -> Device { Device(major: 253, minor: minor) }

  private static func node(
    _ name: DmName, _ minor: UInt32, on dependencies: [Device] = [], flags: DmFlags = .activePresent
  ) -> DeviceGraph.Node {
    let info = DeviceInfo(
      interfaceVersion: InterfaceVersion(major: 4, minor: 47, patch: 0), device: device(minor),
      name: name, uuid: try? DmUuid("u-\(name)"), openCount: 0, eventNumber: 0, targetCount: 1,
      flags: flags)
    return DeviceGraph.Node(
      device(minor), info: info, kernelName: "dm-\(minor)", dependencies: dependencies)
  }

  private let sda = Device(major: 8, minor: 0)
  private let sdb = Device(major: 8, minor: 16)
  private let sda1 = Device(major: 8, minor: 1)

  /// A pool with two volumes on two disks, one of them a partition, and a device beside.
  private var pool: DeviceGraph {
    DeviceGraph([
      Self.node("one", 3, on: [Self.device(2)]),
      Self.node("two", 4, on: [Self.device(2)]),
      Self.node("pool", 2, on: [Self.device(0), Self.device(1)]),
      Self.node("meta", 0, on: [sda1]),
      Self.node("data", 1, on: [sdb, sdb]),
      Self.node("alone", 5, flags: [.suspend]),
      DeviceGraph.Node(sda1, kernelName: "sda1", dependencies: [sda]),
      DeviceGraph.Node(sda, kernelName: "sda"),
    ])
  }

  @Test func `every device is behind what it stands on`() {
    let graph = pool
    #expect(graph.nodes.count == 9)
    for (index, node) in graph.nodes.enumerated() {
      let below = graph.nodes[..<index].map(\.device)
      #expect(node.dependencies.allSatisfy(below.contains), "\(node.title)")
    }
  }

  @Test func `a device is found by name, uuid and number`() {
    let graph = pool
    #expect(graph[.name("pool")]?.device == Self.device(2))
    #expect(graph[.uuid("u-pool")]?.device == Self.device(2))
    #expect(graph[.device(Self.device(2))]?.info?.name == "pool")
    #expect(graph[sdb]?.title == "8:16")
    #expect(graph[sda1]?.title == "sda1")
    #expect(graph[.name("nobody")] == nil)
  }

  @Test func `a device knows its neighbours`() {
    let graph = pool
    #expect(graph[.name("pool")]?.dependencies == [Self.device(0), Self.device(1)])
    #expect(graph[.name("pool")]?.dependents == [Self.device(3), Self.device(4)])
    #expect(
      graph.foundation(of: Self.device(2)).map(\.title) == ["sda", "sda1", "meta", "8:16", "data"])
    #expect(graph.standing(on: sda).map(\.title) == ["one", "two", "pool", "meta", "sda1"])
    #expect(graph.roots.map(\.title).sorted() == ["alone", "one", "two"])
  }

  @Test func `a graph is drawn as trees`() {
    #expect(
      pool.description == """
        one (253:3)
        └─pool (253:2)
          ├─meta (253:0)
          │ └─sda1 (8:1)
          │   └─sda (8:0)
          └─data (253:1)
            └─8:16 (8:16)
        two (253:4)
        └─pool (253:2) …
        alone (253:5) suspended without a table
        """)
    #expect(DeviceGraph([]).description == "")
    #expect(
      pool.tree(of: Self.device(0)) == """
        meta (253:0)
        └─sda1 (8:1)
          └─sda (8:0)
        """)
  }

  @Test func `a stack is what stands on a device, the top first`() throws {
    #expect(try pool.stack(standingOn: .name("data")).names == ["one", "two", "pool", "data"])
    #expect(try pool.stack(standingOn: .name("one")).names == ["one"])
  }

  @Test func `a stack with its foundation leaves out what others use`() throws {
    #expect(try pool.stack(with: .name("one")).names == ["one"])
    let names = try pool.stack(with: .name("pool")).names
    #expect(Set(names) == ["one", "two", "pool", "meta", "data"])
    #expect(names.prefix(3) == ["one", "two", "pool"])
    #expect(try pool.stack(with: .name("alone")).names == ["alone"])
  }

  @Test func `a stack that another driver's device stands on can't be had`() throws {
    let md = Device(major: 9, minor: 0)
    let graph = DeviceGraph([
      Self.node("leg", 0, on: [sda]),
      DeviceGraph.Node(md, kernelName: "md0", dependencies: [Self.device(0)]),
    ])
    let error = #expect(throws: DmError.self) { try graph.stack(standingOn: .name("leg")) }
    #expect(error?.code == .inUse)
    let missing = #expect(throws: DmError.self) { try graph.stack(with: .name("nobody")) }
    #expect(missing?.errno == .noSuchAddressOrDevice)
  }

  @Test func `a circle ends`() {
    let graph = DeviceGraph([
      Self.node("a", 0, on: [Self.device(1)]), Self.node("b", 1, on: [Self.device(0)]),
    ])
    #expect(graph.nodes.count == 2)
    #expect(graph.foundation(of: Self.device(0)).map(\.title) == ["b"])
    #expect(graph.description == "")
    #expect(graph.tree(of: Self.device(0)).split(separator: "\n").count == 3)
  }

  @Test func `a thousand volumes on a pool are drawn once each`() {
    var nodes = [Self.node("pool", 0, on: [sda])]
    for index: UInt32 in 1...1000 {
      nodes.append(Self.node(DmName(stringLiteral: "v\(index)"), index, on: [Self.device(0)]))
    }
    let lines = DeviceGraph(nodes).description.split(separator: "\n")
    #expect(lines.count == 2 * 1000 + 1)
  }

  @Test func `a chain of ten thousand devices is walked without a deep stack`() {
    let nodes = (0..<10000).map { index in
      Self.node(
        DmName(stringLiteral: "d\(index)"), UInt32(index),
        on: index == 0 ? [] : [Self.device(UInt32(index) - 1)])
    }
    let graph = DeviceGraph(nodes)
    #expect(graph.standing(on: Self.device(0)).count == 9999)
    #expect(graph.tree(of: Self.device(2000)).split(separator: "\n").count == 2001)
    #expect(graph.nodes.first?.device == Self.device(0))
  }
}
