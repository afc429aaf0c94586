import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// Where else than at `/dev/dm-MINOR` a device is found.
  @Suite(.kernel(.thinPool, .thin)) struct Links {
    let dm: DM

    init() throws { dm = try DM() }

    private static let byId: FilePath = "/dev/disk/by-id"

    @Test(.withUdev) func `udev links to a device by its name and its uuid`() async throws {
      let parts = try await TestPool(dm)
      var thin = try await ThinDev.create(
        dm, .test("thin"), uuid: "swift-test-uuid", pool: parts.pool, thinId: 0, length: 8192)
      let target = "dm-\(try thin.device().minor)"
      #expect(FilePath("/dev/mapper/swift-test-thin").linkTarget == "../\(target)")
      for link in ["dm-name-swift-test-thin", "dm-uuid-swift-test-uuid"] {
        #expect(Self.byId.appending(link).linkTarget == "../../\(target)")
      }
      try await thin.rename(to: .test("other"))
      #expect(FilePath("/dev/mapper/swift-test-thin").kind == nil)
      #expect(FilePath("/dev/mapper/swift-test-other").linkTarget == "../\(target)")
      #expect(Self.byId.appending("dm-name-swift-test-thin").kind == nil)
      #expect(Self.byId.appending("dm-name-swift-test-other").linkTarget == "../../\(target)")
      #expect(Self.byId.appending("dm-uuid-swift-test-uuid").linkTarget == "../../\(target)")
      try await thin.remove()
      #expect(FilePath("/dev/mapper/swift-test-other").kind == nil)
      #expect(Self.byId.appending("dm-uuid-swift-test-uuid").kind == nil)
    }

    @Test(.withUdev) func `udev links to a file system, and to that of a snapshot`() async throws {
      let parts = try await TestPool(dm)
      var thin = try await parts.thin("thin", 0, length: 16384)
      let first = "8d3f64a2-0d4c-4c0e-9c5e-0c1d4b9f2a01"
      let second = "8d3f64a2-0d4c-4c0e-9c5e-0c1d4b9f2a02"
      try await run("mkfs.ext4", "-q", "-U", first, "\(thin.devnode())")
      try await thin.remove()
      thin = try await ThinDev.setup(
        dm, .test("thin"), pool: parts.pool, thinId: 0, length: 16384)
      #expect(try link(first) == devnode(thin))
      let snapshot = try await thin.snapshot(.test("snapshot"), pool: parts.pool, thinId: 1)
      try await run("e2fsck", "-fp", "\(snapshot.devnode())")
      try await run("tune2fs", "-U", second, "\(snapshot.devnode())")
      try await run("udevadm", "settle")
      // Resumed, each is announced anew.
      for device in [snapshot, thin] {
        try await device.suspend()
        try await device.resume()
      }
      #expect(try link(first) == devnode(thin))
      #expect(try link(second) == devnode(snapshot))
    }

    private func link(_ uuid: String) -> String? {
      FilePath("/dev/disk/by-uuid/\(uuid)").linkTarget
    }

    private func devnode(_ device: ThinDev) throws -> String {
      "../../dm-\(try device.device().minor)"
    }

    @Test(.withUdev) func `udev makes no more than a node of a private device`() async throws {
      let disk = try await TestDisk.two().0
      let device = try await disk.cut(dm, ["linear": 128])[0]
      let target = "dm-\(try device.device().minor)"
      #expect(FilePath("/dev/mapper/swift-test-linear").linkTarget == "../\(target)")
      #expect(Self.byId.appending("dm-name-swift-test-linear").kind == nil)
    }

    @Test(.withoutUdev) func `without udev the node is made, renamed and removed here`()
      async throws
    {
      let disk = try await TestDisk.two().0
      var device = try await disk.cut(dm, ["linear": 128])[0]
      let number = try device.device()
      #expect(try devnodeToDevno("/dev/mapper/swift-test-linear") == number)
      try await device.rename(to: .test("other"))
      #expect(FilePath("/dev/mapper/swift-test-linear").kind == nil)
      #expect(try devnodeToDevno("/dev/mapper/swift-test-other") == number)
      try await device.remove()
      #expect(FilePath("/dev/mapper/swift-test-other").kind == nil)
    }
  }
}
