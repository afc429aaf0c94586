import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.thinPool, .thin)) struct ThinSnapshots {
    let dm: DM

    init() throws { dm = try DM() }

    @Test func `a snapshot shares every block until one of the two is written`() async throws {
      let parts = try await TestPool(dm)
      let origin = try await parts.thin("origin", 0)
      #expect(try parts.working().data.used == 0)
      try origin.write("a", count: 8)
      let snapshot = try await origin.snapshot(.test("snapshot"), pool: parts.pool, thinId: 1)
      #expect(try snapshot.size() == origin.size())
      #expect(try snapshot.working() == origin.working())
      #expect(try parts.working().data.used == 8)
      try origin.write("b", count: 2)
      try snapshot.write("c", block: 3)
      #expect(try parts.working().data.used == 11)
      let letters = try [
        origin.letter(), origin.letter(block: 1), origin.letter(block: 2), snapshot.letter(),
        snapshot.letter(block: 3),
      ]
      #expect(letters == ["b", "b", "a", "a", "c"])
    }

    @Test(arguments: [false, true])
    func `the origin is as it was, suspended or not`(wasSuspended: Bool) async throws {
      let parts = try await TestPool(dm)
      let origin = try await parts.thin("origin", 0)
      if wasSuspended { try await origin.suspend() }
      _ = try await origin.snapshot(.test("snapshot"), pool: parts.pool, thinId: 1)
      #expect(try origin.info().isSuspended == wasSuspended)
    }

    @Test func `an origin that isn't active is snapshotted by a message`() async throws {
      let parts = try await TestPool(dm)
      let origin = try await parts.thin("origin", 0)
      try origin.write("a")
      try await origin.remove()
      try parts.pool.send(.createSnapshot(1, of: 0))
      let snapshot = try await ThinDev.setup(
        dm, .test("snapshot"), pool: parts.pool, thinId: 1, length: 8192)
      #expect(try snapshot.letter() == "a")
    }

    @Test func `a name, a uuid and an id that are taken leave the origin running`() async throws {
      let parts = try await TestPool(dm)
      let origin = try await ThinDev.create(
        dm, .test("origin"), uuid: "swift-test-uuid", pool: parts.pool, thinId: 0, length: 8192)
      for (name, uuid, id) in [
        ("origin", nil, 1), ("other", "swift-test-uuid", 1), ("other", nil, 0),
      ] as [(String, DmUuid?, ThinDevId)] {
        let error = await #expect(throws: DmError.self) {
          try await origin.snapshot(.test(name), uuid: uuid, pool: parts.pool, thinId: id)
        }
        #expect(error?.code == .exists)
        #expect(error?.notUndone == [])
        #expect(try !origin.info().isSuspended)
        #expect(try !dm.deviceExists(.test("other")))
      }
      _ = try await origin.snapshot(.test("other"), pool: parts.pool, thinId: 1)
    }

    @Test func `a snapshot outlives its origin`() async throws {
      let parts = try await TestPool(dm)
      let origin = try await parts.thin("origin", 0)
      try origin.write("a", count: 4)
      let snapshot = try await origin.snapshot(.test("snapshot"), pool: parts.pool, thinId: 1)
      try await origin.destroy(pool: parts.pool)
      #expect(try parts.working().data.used == 4)
      #expect(try snapshot.letter(block: 3) == "a")
      try await snapshot.destroy(pool: parts.pool)
      #expect(try parts.working().data.used == 0)
    }

    @Test func `a file system is whole in its snapshot, and the two part`() async throws {
      let parts = try await TestPool(dm, dataLength: 131072)
      let origin = try await parts.thin("origin", 0, length: 65536)
      try await run("mkfs.ext4", "-q", "\(origin.devnode())")
      let empty = try parts.working().data.used
      #expect(empty > 0)
      try await mounted(origin) { folder in
        for number in 0..<10 {
          try await run(
            "dd", "if=/dev/urandom", "of=\(folder)/\(number)", "bs=128k", "count=1", "conv=fsync",
            "status=none")
        }
        let filled = try parts.working().data.used
        #expect(filled > empty)

        // Taken while the file system is mounted: the suspension makes it clean.
        let before = try await checksum(folder)
        let snapshot = try await origin.snapshot(.test("snapshot"), pool: parts.pool, thinId: 1)
        try await run(
          "dd", "if=/dev/urandom", "of=\(folder)/0", "bs=128k", "count=1", "conv=fsync,notrunc",
          "status=none")
        #expect(try parts.working().data.used > filled)
        #expect(try await checksum(folder) != before)
        try await run("e2fsck", "-fn", "\(snapshot.devnode())")
        try await mounted(snapshot) { folder in
          let kept = try await checksum(folder)
          #expect(kept == before)
        }
      }
    }

    private func mounted(
      _ device: ThinDev, _ body: (FilePath) async throws -> Void
    ) async throws {
      let folder = FilePath("/run/\(device.name)")
      try await run("mkdir", "-p", "\(folder)")
      try await run("mount", "\(device.devnode())", "\(folder)")
      do { try await body(folder) } catch {
        try await run("umount", "\(folder)")
        throw error
      }
      try await run("umount", "\(folder)")
    }

    private func checksum(_ folder: FilePath) async throws -> String {
      try await run("sh", "-c", "cat \(folder)/[0-9] | sha256sum")
    }
  }
}
