import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  /// What LVM has made, seen and taken down without LVM.
  @Suite(.kernel(.cache, .linear, .raid, .thinPool)) struct LVMGraphs {
    /// Runs a command of LVM, which leaves nodes to the kernel and sees the two disks only.
    private func lvm(_ disks: [TestDisk], _ words: String...) async throws {
      let filter = disks.map { "\"a|^\($0.path)$|\"" }.joined(separator: ",")
      let config = """
        devices { filter=[\(filter),"r|.*|"] global_filter=["a|.*|"] use_devicesfile=0 }
        activation { udev_sync=0 udev_rules=0 monitoring=0 }
        global { use_lvmpolld=0 event_activation=0 }
        backup { backup=0 archive=0 }
        """
      try await TestSupport.run("lvm", [words[0], "--config", config] + words.dropFirst())
    }

    /// A volume of a thin pool, whose data is cached, whose slow part is a RAID 1.
    private func makeStack(_ disks: [TestDisk]) async throws {
      for disk in disks { try disk.path.fill(0, count: 1 << 20) }
      try await lvm(disks, "vgcreate", "-qq", "swift", "\(disks[0].path)", "\(disks[1].path)")
      try await lvm(
        disks, "lvcreate", "-qq", "-y", "--type", "raid1", "-m1", "-L16M", "-n", "test-data",
        "swift")
      try await RaidDev(DM(), .test("-data")).waitUntilInSync()
      try await lvm(
        disks, "lvcreate", "-qq", "-y", "--type", "cache-pool", "-L8M", "-n", "test-fast", "swift")
      try await lvm(
        disks, "lvconvert", "-qq", "-y", "--type", "cache", "--cachepool", "swift/test-fast",
        "swift/test-data")
      try await lvm(disks, "lvconvert", "-qq", "-y", "--type", "thin-pool", "swift/test-data")
      try await lvm(
        disks, "lvcreate", "-qq", "-y", "-V64M", "--thinpool", "test-data", "-n", "test-home",
        "swift")
    }

    @Test func `a thin pool on a cache on a RAID is a graph, watched, and taken down in order`()
      async throws
    {
      let (first, second) = try await TestDisk.two()
      let disks = [first, second]
      let dm = try DM()
      try await makeStack(disks)
      let graph = try dm.deviceGraph()
      // The pool has a second user, which LVM shows by the pool's name.
      #expect(try graph.stack(with: .test("-home")).names == [.test("-home")])
      let stack = try graph.stack(with: .test("-data-tpool"))
      #expect(Set(stack.names) == Set(try TestDevices.left().map(\.name)))
      for disk in disks {
        #expect(graph.standing(on: disk.device).contains { $0.id == .test("-home") })
      }
      let recorder = try await EventRecorder(dm, DmEvent.Family.all)
      try await dm.suspend(stack)
      try await dm.resume(stack)
      try await dm.remove(stack)
      let events = await recorder.take(stack.names.count).map(\.event)
      #expect(events.allSatisfy { $0.kind == .deviceVanished }, "\(events)")
      #expect(Set(events.map(\.device.name)) == Set(stack.names))
      await recorder.end()
      #expect(try TestDevices.left().isEmpty)
      for disk in disks { try disk.path.fill(0, count: 1 << 20) }
    }
  }
}
