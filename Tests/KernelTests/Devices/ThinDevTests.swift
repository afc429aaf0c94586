import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.thinPool, .thin)) struct ThinDevices {
    let dm: DM

    init() throws { dm = try DM() }

    @Test func `a new device takes no space`() async throws {
      let parts = try await TestPool(dm)
      let thin = try await parts.thin("thin", 5)
      #expect(try thin.thinId() == 5)
      #expect(try thin.parameters().pool == .number(parts.pool.device()))
      #expect(try thin.size() == 8192 && thin.device().size() == 8192)
      #expect(
        try thin.working() == ThinDevWorkingStatus(mappedSectors: 0, highestMappedSector: nil))
      #expect(try parts.working().data.used == 0)
      try thin.write("a", block: 3)
      #expect(
        try thin.working() == ThinDevWorkingStatus(mappedSectors: 128, highestMappedSector: 511))
      #expect(try parts.working().data.used == 1)
    }

    @Test func `a name, a uuid and an id are taken once`() async throws {
      let parts = try await TestPool(dm)
      _ = try await ThinDev.create(
        dm, .test("thin"), uuid: "swift-test-uuid", pool: parts.pool, thinId: 0, length: 8192)
      for (name, uuid, id) in [
        ("thin", nil, 1), ("other", "swift-test-uuid", 1), ("other", nil, 0),
      ] as [(String, DmUuid?, ThinDevId)] {
        let error = await #expect(throws: DmError.self) {
          try await ThinDev.create(
            dm, .test(name), uuid: uuid, pool: parts.pool, thinId: id, length: 8192)
        }
        #expect(error?.code == .exists)
        #expect(error?.notUndone == [])
        #expect(try !dm.deviceExists(.test("other")))
      }
      // No failure has kept the id.
      _ = try await parts.thin("other", 1)
    }

    @Test func `a device is adopted, and activated anew from its pool`() async throws {
      let parts = try await TestPool(dm)
      func setup() async throws -> ThinDev {
        try await ThinDev.setup(dm, .test("thin"), pool: parts.pool, thinId: 0, length: 8192)
      }
      let thin = try await parts.thin("thin", 0)
      try thin.write("a")
      for _ in 0..<2 { #expect(try await setup() == thin) }
      try await thin.remove()
      #expect(try await setup().letter() == "a")
    }

    @Test func `a device with another id isn't adopted`() async throws {
      let parts = try await TestPool(dm)
      _ = try await parts.thin("thin", 0)
      let error = await #expect(throws: DmError.self) {
        try await ThinDev.setup(dm, .test("thin"), pool: parts.pool, thinId: 1, length: 8192)
      }
      #expect(error?.code == .mismatch)
    }

    @Test func `a device that isn't in the pool can't be activated`() async throws {
      let parts = try await TestPool(dm)
      await expect(.noData, from: .tableLoad) {
        _ = try await ThinDev.setup(dm, .test("thin"), pool: parts.pool, thinId: 3, length: 8192)
      }
      #expect(try !dm.deviceExists(.test("thin")))
    }

    @Test func `a device without length takes no id`() async throws {
      let parts = try await TestPool(dm)
      let error = await #expect(throws: DmError.self) { try await parts.thin("thin", 0, length: 0) }
      #expect(error?.code == .invalidTable)
      _ = try await parts.thin("thin", 0)
    }

    @Test(arguments: [1, 127, 1_000_003, 1_099_511_627_776] as [Sectors])
    func `a device may have any length, more than the pool has, too`(length: Sectors) async throws {
      let thin = try await TestPool(dm).thin("thin", 0, length: length)
      #expect(try thin.size() == length && thin.device().size() == length)
    }

    @Test func `a device has its new length, and keeps what it holds`() async throws {
      let parts = try await TestPool(dm)
      let thin = try await parts.thin("thin", 0)
      try thin.write("a", block: 63)
      for length in [16384, 4096, 8192] as [Sectors] {
        try await thin.resize(to: length)
        #expect(try thin.device().size() == length)
      }
      #expect(try thin.letter(block: 63) == "a")
    }

    @Test(arguments: [false, true])
    func `a device that is destroyed frees its space and its id`(discarding: Bool) async throws {
      let parts = try await TestPool(dm)
      let thin = try await parts.thin("thin", 0)
      try thin.write("a", count: 10)
      #expect(try parts.working().data.used == 10)
      try await thin.destroy(pool: parts.pool, discarding: discarding)
      #expect(try parts.working().data.used == 0)
      #expect(try !dm.deviceExists(.test("thin")))
      await expect(.noData, from: .tableLoad) {
        _ = try await ThinDev.setup(dm, .test("thin"), pool: parts.pool, thinId: 0, length: 8192)
      }
      #expect(try await parts.thin("thin", 0).letter() == nil)
    }

    @Test func `a device that is in use isn't destroyed`() async throws {
      let parts = try await TestPool(dm)
      let thin = try await parts.thin("thin", 0)
      try thin.write("a")
      let file = try open(try thin.device())
      await expect(.resourceBusy, from: .deviceRemove) {
        try await thin.destroy(pool: parts.pool, options: DmOptions(retry: .never))
      }
      try file.close()
      #expect(try thin.letter() == "a")
      try await thin.destroy(pool: parts.pool)
    }

    @Test func `a device that is gone and couldn't be deleted from its pool is told`() async throws
    {
      let parts = try await TestPool(dm)
      let thin = try await parts.thin("thin", 0)
      try thin.write("a", count: 10)
      let error = try await #require(throws: DmError.self) {
        try await Faults.watching(dm, .failing(.targetMessage, 0)) {
          try await thin.destroy(pool: parts.pool)
        }
      }
      #expect(error.errno == .ioError && error.device == parts.pool.id)
      #expect(error.notUndone.count == 1)
      guard case .thinDevice(0, pool: parts.pool.name, _)? = error.notUndone.first else {
        Issue.record("\(error.notUndone)")
        return
      }
      #expect(try !dm.deviceExists(.test("thin")))
      #expect(try parts.working().data.used == 10)
      try parts.pool.send(.delete(0))
      #expect(try parts.working().data.used == 0)
    }

    @Test(.withUdev) func `a device is deleted from its pool even if udev takes too long`()
      async throws
    {
      let parts = try await TestPool(dm)
      let thin = try await parts.thin("thin", 0)
      try thin.write("a", count: 10)
      let options = DmOptions(udev: .wait(upTo: .milliseconds(100)))
      let error = try await Udev.paused {
        await #expect(throws: DmError.self) {
          try await thin.destroy(pool: parts.pool, options: options)
        }
      }
      #expect(error?.code == .udevTimeout)
      #expect(error?.notUndone == [])
      #expect(try !dm.deviceExists(.test("thin")))
      #expect(try parts.working().data.used == 0)
      _ = try await parts.thin("thin", 0)
    }

    @Test func `a device reads from its external origin what it hasn't written`() async throws {
      let parts = try await TestPool(dm)
      let origin = try await parts.disks.1.cut(dm, from: 65536, ["origin": 4096])[0]
      try origin.write("o", count: 4)
      let thin = try await ThinDev.create(
        dm, .test("thin"), pool: parts.pool, thinId: 0, length: 8192,
        externalOrigin: origin.reference)
      #expect(try thin.parameters().externalOrigin == origin.reference)
      try thin.write("t", block: 1)
      #expect(try [thin.letter(), thin.letter(block: 1)] == ["o", "t"])
      #expect(try origin.letter(block: 1) == "o")
      // Beyond the origin's end there is nothing to read.
      #expect(try thin.letter(block: 40) == nil)
      let snapshot = try await thin.snapshot(.test("snapshot"), pool: parts.pool, thinId: 1)
      #expect(try snapshot.parameters().externalOrigin == origin.reference)
      #expect(try [snapshot.letter(), snapshot.letter(block: 1)] == ["o", "t"])
    }
  }
}
