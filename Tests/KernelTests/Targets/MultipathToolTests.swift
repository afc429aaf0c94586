import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel.Tools {
  /// Two hosts with the same disk; without udev, multipath(8) finds no paths.
  private static let twoPaths = """
    modprobe -q sd_mod || true
    modprobe -q scsi_debug add_host=0 || true
    cd /sys/bus/pseudo/drivers/scsi_debug
    echo 0 > vpd_use_hostno
    echo 2 > add_host
    mkdir -p /etc/multipath
    cat > /etc/multipath.conf <<END
    defaults {
      find_multipaths no
      user_friendly_names yes
      alias_prefix \(TestDevices.prefix)
    }
    blacklist {
      devnode "^(ram|loop|ubd|dm-)"
    }
    END
    udevadm settle
    multipath -v1
    udevadm settle
    """

  private static let noPaths = """
    udevadm settle
    multipath -F -R 5
    echo -2 > /sys/bus/pseudo/drivers/scsi_debug/add_host
    udevadm settle
    rm -r /etc/multipath /etc/multipath.conf
    """

  /// Calls `body` with the device that multipath(8) makes.
  private func withTwoPaths(_ body: (DmName) async throws -> Void) async throws {
    try await run("sh", "-ec", Self.twoPaths)
    let result: Result<Void, any Error>
    do { result = .success(try await body(.test("a"))) } catch { result = .failure(error) }
    try await run("sh", "-ec", Self.noPaths)
    try result.get()
  }

  @Test(.kernel(.multipath), .withUdev)
  func `multipath makes one device of two paths, which fail and come back`() async throws {
    try await withTwoPaths { name in try await check(name) }
  }

  private func check(_ name: DmName) async throws {
    let device = MultipathDev(dm, name)
    #expect(try await agree(name) == ["multipath"])
    let table = try device.table()
    let paths = try device.parameters().groups.flatMap(\.paths).map(\.device)
    try #require(paths.count == 2)
    #expect(try device.parameters().hardwareHandler?.name == .alua)

    // What is printed is taken, and printed again.
    try await device.setTable(table)
    #expect(try device.table() == table)

    // Both are ways to the same disk.
    try device.fill(0x61)
    for path in paths {
      #expect(try FilePath("/dev/block/\(path)").bytes().first == 0x61)
      try device.send(.failPath(path))
      try await device.wait { !$0.paths.allSatisfy { $0.state == .active } }
      #expect(try device.status().health.level == .degraded)
      #expect(try await run("multipath", "-ll").contains("failed"))
      #expect(try device.bytes().first == 0x61)
      try device.send(.reinstatePath(path))
      try await device.wait { $0.paths.allSatisfy { $0.state == .active } }
    }
    #expect(try await !run("multipath", "-ll").contains("failed"))
    #expect(try await agree(name) == ["multipath"])

    // A path that is gone fails at the next request, and the other one has the answer.
    let state = "/sys/dev/block/\(paths[0])/device/state"
    try await run("sh", "-ec", "echo offline > \(state)")
    for _ in 0..<2 { #expect(try device.bytes().first == 0x61) }
    try await device.wait { $0.health.level == .degraded }
    try await run("sh", "-ec", "echo running > \(state)")
  }
}
