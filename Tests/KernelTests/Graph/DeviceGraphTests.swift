import DeviceMapper
import DeviceMapperTargets
import Glibc
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// Devices on devices.
  @Suite(.kernel(.linear, .error, .thinPool, .zero)) struct Graphs {
    let dm: DM

    init() throws { dm = try DM() }

    /// A pool on two devices, and two volumes.
    private func makePool() async throws -> TestDisk {
      let (disk, _) = try await TestDisk.two()
      let parts = try await disk.cut(dm, ["meta": 8192, "data": 16384])
      let pool = try await ThinPoolDev.create(
        dm, .test("pool"),
        ThinPoolTargetParams(
          metadataDevice: parts[0].reference, dataDevice: parts[1].reference, dataBlockSize: 128,
          lowWaterMark: 0))
      for id: ThinDevId in [1, 2] {
        _ = try await ThinDev.create(
          dm, .test("thin\(id)"), uuid: DmUuid("swift-test-\(id)"), pool: pool, thinId: id,
          length: 32768, options: .privateDevice)
      }
      return disk
    }

    private func names(_ nodes: [DeviceGraph.Node]) -> [DmName] {
      nodes.compactMap(\.info?.name).filter(\.isOfTest)
    }

    private let all: [DmName] = ["thin1", "thin2", "pool", "meta", "data"].map { .test($0) }

    @Test func `a graph is what the kernel has`() async throws {
      let disk = try await makePool()
      let graph = try dm.deviceGraph()
      #expect(Set(names(graph.nodes)) == Set(all))
      let bottom = try #require(try graph.node(at: disk.path))
      #expect(bottom.info == nil)
      #expect(disk.path.lastComponent?.string == bottom.kernelName)
      #expect(Set(names(graph.standing(on: disk.device))) == Set(all))
      let thin = try #require(graph[.uuid("swift-test-1")])
      #expect(graph.foundation(of: thin.device).last?.info?.name == .test("pool"))
      #expect(try graph.node(at: thin.device.devnode)?.device == thin.device)
      let tree = try await run("dmsetup", "ls", "--tree", "-o", "ascii,notrunc")
      for name in all { #expect(tree.contains("\(name)") && "\(graph)".contains("\(name)")) }
    }

    @Test func `a partition leads to its disk`() async throws {
      // A partition of 4096 sectors from sector 2048 on, in a table as on the first PCs.
      let script = #"""
        printf '\0\0\0\0\203\0\0\0\0\010\0\0\0\020\0\0' | dd of=$1 bs=1 seek=446 conv=notrunc status=none
        printf '\125\252' | dd of=$1 bs=1 seek=510 conv=notrunc status=none
        """#
      try await TestLoop.with(size: 16384, script: script, partitions: true) { disk in
        let partition = FilePath("\(disk)p1")
        _ = await eventually { partition.kind == .blockDevice }
        let device = try #require(try devnodeToDevno(partition))
        let linear = AnyTarget.linear(LinearTargetParams(device: .number(device), start: 0))
        try await dm.make("on", TargetTable(length: 8, linear))
        let graph = try dm.deviceGraph()
        let whole = try #require(try graph.node(at: disk))
        #expect(names(graph.standing(on: whole.device)) == [.test("on")])
        #expect(graph.foundation(of: try dm.deviceInfo(.test("on")).number()).count == 2)
      }
    }

    @Test func `a stack is suspended and resumed in order`() async throws {
      _ = try await makePool()
      let stack = try dm.deviceGraph().stack(with: .test("pool"))
      #expect(Set(stack.names) == Set(all))
      try await dm.suspend(stack)
      for name in all { #expect(try dm.deviceInfo(.name(name)).isSuspended) }
      try await dm.suspend(stack)
      try await dm.resume(stack)
      for name in all { #expect(try !dm.deviceInfo(.name(name)).isSuspended) }
      try await dm.resume(stack)
    }

    @Test func `a suspension that fails is undone`() async throws {
      _ = try await makePool()
      let stack = try dm.deviceGraph().stack(with: .test("pool"))
      // One is suspended already and stays so; the last has gone, and another has its name.
      try await dm.deviceSuspend(.test("thin1"))
      let last = try #require(stack.devices.last)
      let gone = DeviceStack(devices: stack.devices.dropLast() + [last])
      try await dm.deviceRename(#require(last.info?.name), to: .test("renamed"))
      let error = await #expect(throws: DmError.self) { try await dm.suspend(gone) }
      #expect(error?.errno == .noSuchAddressOrDevice)
      #expect(error?.device == last.id)
      #expect(error?.notUndone == [])
      for node in stack.devices {
        let isSuspended = try dm.deviceInfo(.device(node.device)).isSuspended
        #expect(isSuspended == (node.id == .test("thin1")), "\(node.title)")
      }
    }

    @Test func `another device of the same name isn't touched`() async throws {
      try await dm.makeErrorDevice("one")
      let stack = try dm.deviceGraph().stack(with: .test("one"))
      try await dm.deviceRename(.test("one"), to: .test("first"))
      try await dm.makeErrorDevice("one")
      await expect(.noSuchAddressOrDevice, from: .deviceInfo) { try await dm.suspend(stack) }
      try await dm.remove(stack)
      #expect(try dm.deviceExists(.test("one")))
    }

    @Test func `a stack is removed`() async throws {
      _ = try await makePool()
      let stack = try dm.deviceGraph().stack(standingOn: .test("data"))
      try await dm.remove(stack)
      #expect(names(try dm.deviceGraph().nodes) == [.test("meta")])
      // What has gone meanwhile is as it was to be.
      try await dm.remove(stack)
    }

    @Test func `a stack that somebody uses isn't touched`() async throws {
      _ = try await makePool()
      let stack = try dm.deviceGraph().stack(with: .test("pool"))
      let file = try open(dm.deviceInfo(.test("thin2")).number())
      let error = await #expect(throws: DmError.self) {
        try await dm.remove(stack, options: DmOptions(retry: .never))
      }
      try file.close()
      #expect(error?.code == .inUse)
      #expect(error?.device == .test("thin2"))
      #expect(Set(names(try dm.deviceGraph().nodes)) == Set(all))
    }

    @Test(.withUdev) func `a removal that is cancelled while udev works is undone`() async throws {
      try await dm.makeErrorDevice("one")
      let stack = try dm.deviceGraph().stack(with: .test("one"))
      let error = await Task {
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        return await #expect(throws: DmError.self) { try await dm.remove(stack) }
      }.value
      #expect(error?.code == .cancelled)
      #expect(error?.notUndone == [])
      #expect(try dm.deviceInfo(.test("one")).device == stack.devices.first?.device)
    }

    @Test func `a removal that fails is undone`() async throws {
      _ = try await makePool()
      let before = try dm.deviceGraph()
      var stack = try before.stack(with: .test("pool"))
      let tables = try all.map { try dm.table(.name($0)).lines }
      // In an order that can't work, what is in use is found out late.
      stack = DeviceStack(
        devices: stack.devices.filter { $0.info?.name != .test("pool") }
          + stack.devices.filter { $0.info?.name == .test("pool") })
      let error = await #expect(throws: DmError.self) {
        try await dm.remove(stack, options: DmOptions(retry: .never))
      }
      #expect(error?.errno == .resourceBusy)
      #expect(error?.notUndone == [])
      let after = try dm.deviceGraph()
      #expect(names(after.nodes) == names(before.nodes))
      #expect(try all.map { try dm.table(.name($0)).lines } == tables)
      for name in all {
        #expect(after[.name(name)]?.device == before[.name(name)]?.device)
        #expect(after[.name(name)]?.info?.uuid == before[.name(name)]?.info?.uuid)
      }
    }
  }
}
