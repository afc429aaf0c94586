import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.snapshot)) struct Snapshots {
    let dm: DM

    init() throws { dm = try DM() }

    private func write(_ device: SnapshotOriginDev, _ byte: String) async throws {
      try await run(
        "sh", "-c",
        "tr '\\0' \(byte) < /dev/zero | dd of=\(device.devnode()) bs=64k count=4 iflag=fullblock oflag=direct"
      )
    }

    private func first(_ device: DmDevice<some TargetContent>) async throws -> String {
      try await run("sh", "-c", "dd if=\(device.devnode()) bs=4k count=1 iflag=direct | head -c 1")
    }

    @Test func `a snapshot keeps what its origin was, and can be merged back`() async throws {
      let (base, store) = try await TestDisk.two()
      let origin = try await SnapshotOriginDev.create(
        dm, .test("origin"), SnapshotOriginTargetParams(device: .number(base.device)),
        length: 65536)
      try await write(origin, "a")
      try await run(
        "dd", "if=/dev/zero", "of=\(store.path)", "bs=64k", "count=1", "oflag=direct")
      let snapshot = try await origin.snapshot(
        .test("snapshot"),
        store: SnapshotStore(device: .number(store.device), persistence: .persistent, chunkSize: 16)
      )
      #expect(try !origin.info().isSuspended)
      try await write(origin, "b")
      #expect(try await first(origin) == "b")
      #expect(try await first(snapshot) == "a")

      let merge = try await origin.merge(snapshot)
      #expect(try !dm.deviceExists(.test("snapshot")))
      #expect(try await first(merge) == "a")
      try await merge.wait { $0.isComplete }
      let again = try await merge.finishMerge()
      #expect(try await first(again) == "a")
      #expect(try again.parameters().device == .number(base.device))
      try await again.remove()
    }

    @Test func `a snapshot that can't be made leaves its origin running`() async throws {
      let (base, store) = try await TestDisk.two()
      let origin = try await SnapshotOriginDev.create(
        dm, .test("origin"), SnapshotOriginTargetParams(device: .number(base.device)),
        length: 65536)
      // Not zeroes and no header: the kernel refuses the store.
      try await run(
        "dd", "if=/dev/urandom", "of=\(store.path)", "bs=64k", "count=1", "oflag=direct")
      let error = await #expect(throws: DmError.self) {
        try await origin.snapshot(
          .test("snapshot"),
          store: SnapshotStore(
            device: .number(store.device), persistence: .persistent, chunkSize: 16))
      }
      #expect(error?.notUndone.isEmpty == true)
      #expect(try !origin.info().isSuspended)
      #expect(try !dm.deviceExists(.test("snapshot")))
      try await origin.remove()
    }
  }
}
