import CDeviceMapper
import DeviceMapperTargets
import Testing

/// The same figures as libdevmapper has, for snapshots.
struct SnapshotAgreementTests {
  @Test(arguments: ["16/2048 16", "2048/2048 64", "0/18446744073709551615 0", "16/2048"])
  func `a snapshot`(line: String) throws {
    guard case .active(let ours) = try SnapshotStatus(parsing: line) else {
      Issue.record("not active")
      return
    }
    try unsafe Library.parse(line, dm_get_status_snapshot) { status in
      let theirs = try #require(status)
      #expect(ours.allocation.used.rawValue == theirs.used_sectors)
      #expect(ours.allocation.total.rawValue == theirs.total_sectors)
      #expect((ours.metadata != nil) == (theirs.has_metadata_sectors != 0))
      #expect((ours.metadata?.rawValue ?? 0) == theirs.metadata_sectors)
      #expect(theirs.invalid == 0 && theirs.merge_failed == 0 && theirs.overflow == 0)
    }
  }

  @Test func `a snapshot that is lost`() throws {
    #expect(try SnapshotStatus(parsing: "Invalid") == .invalid)
    #expect(try unsafe Library.parse("Invalid", dm_get_status_snapshot) { $0?.invalid } == 1)
    #expect(try SnapshotStatus(parsing: "Overflow") == .overflow)
    #expect(try unsafe Library.parse("Overflow", dm_get_status_snapshot) { $0?.overflow } == 1)
    #expect(try SnapshotStatus(parsing: "Merge failed") == .mergeFailed)
    let theirs = try unsafe Library.parse("Merge failed", dm_get_status_snapshot) {
      $0?.merge_failed
    }
    #expect(theirs == 1)
  }
}
