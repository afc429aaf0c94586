import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  /// What devices of all kinds have in common.
  @Suite(.kernel(.linear, .thinPool, .thin, .cache)) struct States {
    let dm: DM

    init() throws { dm = try DM() }

    enum Kind: String, CaseIterable { case linear, pool, thin, cache }

    @Test(arguments: Kind.allCases)
    func `suspend and resume change nothing the second time`(kind: Kind) async throws {
      let device: DmDevice<AnyTarget>
      switch kind {
      case .linear:
        let disk = try await TestDisk.two().0
        device = DmDevice(dm, try await disk.cut(dm, ["linear": 128])[0].name)
      case .pool: device = DmDevice(dm, try await TestPool(dm).pool.name)
      case .thin: device = DmDevice(dm, try await TestPool(dm).thin("thin", 0).name)
      case .cache: device = DmDevice(dm, try await TestCache(dm).cache.name)
      }
      let table = try device.table()
      for _ in 0..<2 {
        try await device.suspend(options: DmOptions(flags: .noFlush))
        #expect(try device.info().isSuspended)
      }
      for _ in 0..<2 {
        try await device.resume(options: .privateDevice)
        #expect(try !device.info().isSuspended)
      }
      #expect(try device.table() == table)
    }
  }
}
