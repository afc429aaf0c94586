import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  /// The states of `zoned`.
  struct ZonedStates {
    @Test(.optionalKernel(.zoned)) func `zones are used as they are written`() async throws {
      try await ZonedDisk.with { disk in
        let subject = try await Subject(try DM(), legs: 0)
        try await subject.make("\(disk.size.rawValue) zoned \(disk.device)")
        // Two zones are for metadata and two in reserve, each of 4 MiB, so that the device is shorter.
        let line = try subject.dm.table(.test("target")).lines[0]
        #expect(line.length == disk.size - 32768)
        #expect(line.content.text == TargetText("\(disk.device)"))
        try await subject.expect("32 zones 0/0 cache 6/6 random 22/22 sequential", .healthy)

        try await subject.write(at: 1000)
        try await subject.expect("32 zones 0/0 cache 5/6 random 22/22 sequential", .healthy)
        // What doesn't fit into the zones for writes anywhere is moved to others.
        for zone in 0..<20 { try await subject.write(at: zone * 1024 + 5) }
        try subject.send("reclaim")
        try await subject.expect("32 zones 0/0 cache */6 random */22 sequential", .healthy)
        guard case .zoned(let status) = try subject.status() else {
          Issue.record("another status")
          return
        }
        #expect(status.groups[0].sequential.free < 22)
        // Once all zones hold data, none may be free: a write waits until one is reclaimed.
        for zone in 0..<28 { try await subject.write(at: zone * 1024 + 9) }
        try await subject.expect("32 zones 0/0 cache */6 random 0/22 sequential", .healthy)
        try await subject.write(at: 10)
        try await subject.finish()
      }
    }
  }
}
