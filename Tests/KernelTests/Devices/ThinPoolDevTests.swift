import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.thinPool, .thin)) struct ThinPools {
    let dm: DM

    init() throws { dm = try DM() }

    @Test func `a new pool is empty and as large as its parts`() async throws {
      let parts = try await TestPool(dm)
      let status = try parts.working()
      #expect(status.transactionId == 0)
      #expect(status.metadata.used > 0)
      #expect(status.metadata.total == 1024)
      #expect(status.data == Usage(used: 0, total: 128))
      #expect(status.heldMetadataRoot == nil)
      #expect(status.mode == .readWrite && status.needsCheck == false)
      #expect(status.noSpacePolicy == .queue)
      let parameters = try parts.pool.parameters()
      #expect(try parameters.metadataDevice == parts.metadata.reference)
      #expect(try parameters.dataDevice == parts.data.reference)
      #expect(parameters.dataBlockSize == 128 && parameters.lowWaterMark == 0)
      #expect(try parts.pool.size() == 16384)
      #expect(ThinPoolStatus.working(status).health == .healthy)
    }

    @Test func `a status that flushes nothing has the same figures`() async throws {
      let parts = try await TestPool(dm)
      #expect(try parts.pool.status() == .working(parts.working()))
    }

    @Test func `a pool is adopted if it is as described`() async throws {
      let parts = try await TestPool(dm)
      let parameters = try parts.pool.parameters()
      #expect(try await ThinPoolDev.setup(dm, .test("pool"), parameters) == parts.pool)
      try await parts.pool.remove()
      // Its metadata are on the disk: the same pool comes back.
      let again = try await ThinPoolDev.setup(dm, .test("pool"), parameters)
      #expect(try again.parameters() == parameters)
    }

    @Test(arguments: ["block size", "low water mark", "features"])
    func `a pool that differs from its description isn't adopted`(way: String) async throws {
      let parts = try await TestPool(dm)
      var other = try parts.pool.parameters()
      switch way {
      case "block size":
        other = try ThinPoolTargetParams(
          metadataDevice: other.metadataDevice, dataDevice: other.dataDevice, dataBlockSize: 256,
          lowWaterMark: 0)
      case "low water mark": other.lowWaterMark = 7
      default: other.features.skipsBlockZeroing = true
      }
      let error = await #expect(throws: DmError.self) {
        try await ThinPoolDev.setup(dm, .test("pool"), other)
      }
      #expect(error?.code == .mismatch)
    }

    @Test func `a pool may be one block large, with metadata of two mebibytes`() async throws {
      let parts = try await TestPool(dm, metadataLength: 4096, dataLength: 128)
      #expect(try parts.working().data == Usage(used: 0, total: 1))
      #expect(try parts.working().metadata.total == 512)
    }

    @Test(arguments: [64, 129, 4_194_304] as [Sectors])
    func `a block size that no pool has is refused before the kernel`(size: Sectors) {
      #expect(throws: ParameterError.self) {
        try ThinPoolTargetParams(
          metadataDevice: .number(Device(major: 1, minor: 0)),
          dataDevice: .number(Device(major: 1, minor: 1)), dataBlockSize: size, lowWaterMark: 0)
      }
    }

    @Test func `a block size that the kernel refuses leaves no device`() async throws {
      let (first, second) = try await TestDisk.two()
      await expect(.invalidArgument, from: .tableLoad) {
        let text = TargetText("\(first.device) \(second.device) 64 0")
        _ = try await DmDevice<VerbatimTarget>.create(
          dm, .test("pool"), table: TargetTable(length: 1024, VerbatimTarget(.thinPool, text)))
      }
      #expect(try TestDevices.left().isEmpty)
    }

    @Test func `a pool grows with its data`() async throws {
      let parts = try await TestPool(dm)
      try await parts.extendData(to: 32768)
      #expect(try parts.working().data.total == 256)
      #expect(try parts.pool.size() == 32768)
      #expect(try parts.data.device().size() == 32768)
    }

    @Test func `a pool grows with its metadata`() async throws {
      let parts = try await TestPool(dm)
      try await parts.pool.extendMetadata(
        parts.metadata, to: .range(of: parts.disks.0, length: 16384))
      #expect(try parts.working().metadata.total == 2048)
      #expect(try parts.working().data.total == 128)
    }

    @Test func `a pool takes up growth that it wasn't told of`() async throws {
      let parts = try await TestPool(dm)
      try await parts.data.setTable(
        .range(of: parts.disks.1, length: 32768), options: .privateDevice)
      #expect(try parts.working().data.total == 128)
      try await parts.pool.grow()
      #expect(try parts.working().data.total == 256)
    }

    @Test func `a pool doesn't shrink`() async throws {
      let parts = try await TestPool(dm)
      try await parts.data.setTable(
        .range(of: parts.disks.1, length: 8192), options: .privateDevice)
      let error = await #expect(throws: DmError.self) { try await parts.pool.grow() }
      #expect(error?.code == .invalidTable)
      #expect(try parts.pool.size() == 16384)
      #expect(try !parts.pool.info().isSuspended)
    }

    @Test func `the kernel says when the free space falls to the mark`() async throws {
      let parts = try await TestPool(dm, lowWaterMark: 120)
      try await parts.pool.setLowWaterMark(126)
      #expect(try parts.pool.parameters().lowWaterMark == 126)
      let before = try parts.pool.info().eventNumber
      let thin = try await parts.thin("thin", 0)
      // The kernel looks before it takes a block: the third one finds 126 free.
      try thin.write("a", count: 3)
      let pool = parts.pool
      #expect(try await eventually { try pool.info().eventNumber > before })
      #expect(try parts.working().data.free == 125)
    }

    @Test func `a transaction id is replaced by whoever knows it`() async throws {
      let parts = try await TestPool(dm)
      try parts.pool.setTransactionId(from: 0, to: 7)
      #expect(try parts.working().transactionId == 7)
      await expect(.invalidArgument, from: .targetMessage) {
        try parts.pool.setTransactionId(from: 0, to: 8)
      }
      #expect(try parts.working().transactionId == 7)
    }

    @Test func `one snapshot of the metadata can be held`() async throws {
      let parts = try await TestPool(dm)
      let root = try parts.pool.reserveMetadataSnapshot()
      #expect(try parts.working().heldMetadataRoot == root)
      await expect(.resourceBusy, from: .targetMessage) {
        _ = try parts.pool.reserveMetadataSnapshot()
      }
      try parts.pool.releaseMetadataSnapshot()
      #expect(try parts.working().heldMetadataRoot == nil)
      await expect(.invalidArgument, from: .targetMessage) {
        try parts.pool.releaseMetadataSnapshot()
      }
    }
  }
}
