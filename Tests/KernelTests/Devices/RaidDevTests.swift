import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.raid)) struct Raids {
    let dm: DM

    init() throws { dm = try DM() }

    /// A leg of 16 MiB with its metadata, the `index`th of a disk.
    private func leg(
      _ index: UInt64, on disk: TestDisk
    ) async throws -> (RaidTargetParams.Member, [LinearDev]) {
      var parts: [LinearDev] = []
      let start = Sectors(rawValue: index * 40960)
      for (kind, offset, length) in [("meta", 0, 8192), ("data", 8192, 32768)]
        as [(String, Sectors, Sectors)]
      {
        let line = TargetLine(
          start: 0, length: length,
          LinearDevTargetParams.linear(
            LinearTargetParams(device: .number(disk.device), start: start + offset)))
        parts.append(
          try await LinearDev.create(
            dm, .test("\(kind)-\(disk.device.minor)-\(index)"), table: TargetTable([line]),
            options: .privateDevice))
      }
      try await run(
        "dd", "if=/dev/zero", "of=\(parts[0].devnode())", "bs=4k", "count=16", "oflag=direct")
      return (
        RaidTargetParams.Member(
          metadata: .number(try parts[0].device()), data: .number(try parts[1].device())), parts
      )
    }

    @Test func `a leg fails, is replaced, and the array is whole again`() async throws {
      let (first, second) = try await TestDisk.two()
      let (one, oneParts) = try await leg(0, on: first)
      let (two, twoParts) = try await leg(0, on: second)
      let (three, threeParts) = try await leg(1, on: first)
      let raid = try await RaidDev.create(
        dm, .test("raid"),
        RaidTargetParams(type: .raid1, chunkSize: 0, devices: [one, two]),
        length: 32768)
      #expect(try await raid.waitUntilInSync().health == .healthy)
      #expect(try await raid.scrub() == 0)

      // The second leg's device answers with errors from now on, and a write finds out.
      let error = try TargetTable(length: 32768, VerbatimTarget(.error, TargetText()))
      try dm.tableLoad(twoParts[1].id, error)
      try await dm.deviceResume(twoParts[1].id, options: .privateDevice)
      _ = try? await run(
        "dd", "if=/dev/zero", "of=\(raid.devnode())", "bs=64k", "count=4", "oflag=direct")
      let degraded = try await raid.wait { $0.devices[1] == .failed }
      #expect(degraded.health.level == .degraded)
      let reason = await #expect(throws: DmError.self) { try await raid.waitUntilInSync() }
      #expect(reason?.code == .degraded)

      try await raid.replaceLeg(1, with: three)
      #expect(try await raid.waitUntilInSync().health == .healthy)
      try await raid.remove()
      for part in oneParts + twoParts + threeParts { try await part.remove() }
    }

    @Test func `there is no leg beyond the last`() async throws {
      let (first, second) = try await TestDisk.two()
      let (one, oneParts) = try await leg(0, on: first)
      let (two, twoParts) = try await leg(0, on: second)
      let raid = try await RaidDev.create(
        dm, .test("raid"), RaidTargetParams(type: .raid1, chunkSize: 0, devices: [one, two]),
        length: 32768)
      let error = await #expect(throws: DmError.self) { try await raid.replaceLeg(2, with: one) }
      #expect(error?.code == .invalidParameters)
      // Linux 6.1 may crash when an array goes away in the middle of its first synchronisation.
      try await raid.waitUntilInSync()
      try await raid.remove()
      for part in oneParts + twoParts { try await part.remove() }
    }
  }
}
