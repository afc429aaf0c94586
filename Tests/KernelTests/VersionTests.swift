import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.linear, .error)) struct Versions {
    let dm: DM

    init() throws { dm = try DM() }

    @Test func `the interface has a version`() throws {
      let version = try dm.version()
      #expect(version >= InterfaceVersion(major: 4, minor: 37, patch: 0))
      #expect(version < InterfaceVersion(major: 5, minor: 0, patch: 0))
      #expect(DM.isAvailable)
    }

    @Test func `every loaded target has a version`() throws {
      let versions = try dm.listVersions()
      #expect(versions.contains { $0.targetType == .linear && $0.version.major >= 1 })
      #expect(versions.contains { $0.targetType == .error })
      #expect(Set(versions.map(\.targetType)).count == versions.count)
    }

    @Test func `one target's version is that of the list`() throws {
      let version = try dm.targetVersion(.linear)
      let listed = try dm.listVersions().first { $0.targetType == .linear }
      #expect(listed?.version == version)
    }

    @Test(.kernel("snapshot-origin"))
    func `a target's version is asked for by the longest name`() throws {
      #expect(try dm.targetVersion("snapshot-origin").major == 1)
    }

    @Test func `a target that no kernel has is refused`() async {
      await expect(.invalidArgument, from: .targetVersion) {
        _ = try dm.targetVersion("of-the-future")
      }
    }
  }
}
