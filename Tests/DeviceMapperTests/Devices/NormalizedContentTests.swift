import DeviceMapper
import DeviceMapperTargets
import Testing

/// What was loaded and what a kernel prints of it.
struct NormalizedContentTests {
  private func normalized(_ line: String) throws -> AnyTarget {
    try TargetLine<AnyTarget>(parsing: line).content.normalized
  }

  @Test(arguments: [
    // Arguments of paths are filled in, and the group in use stands where the first one did.
    (
      "multipath 1 retain_attached_hw_handler 0 2 1 round-robin 0 1 0 8:0 service-time 0 1 1 8:16 1",
      "multipath 0 0 2 2 round-robin 0 1 1 8:0 1 service-time 0 1 2 8:16 1 1"
    ),
    (
      "multipath 0 1 alua 1 1 queue-length 0 1 0 8:0",
      "multipath 0 1 alua 1 1 queue-length 0 1 1 8:0 1"
    ),
    // The superblock has its own opinion.
    (
      "integrity 8:0 0 - J 2 recalculate internal_hash:crc32c",
      """
      integrity 8:0 0 4 J 7 recalculate journal_sectors:88 interleave_sectors:32768 \
      buffer_sectors:128 journal_watermark:50 commit_time:10000 internal_hash:crc32c
      """
    ),
    ("error 8:0 0", "error"),
    // There are no chunks, and half of a number is printed.
    (
      "raid raid1 3 64 max_write_behind 512 2 - 8:0 - 8:1",
      "raid raid1 3 0 max_write_behind 256 2 - 8:0 - 8:1"
    ),
    ("flakey 8:0 0 1 1", "flakey 8:0 0 1 1 2 error_reads error_writes"),
  ])
  func `what a kernel fills in makes no difference`(described: String, found: String) throws {
    #expect(try normalized("0 1024 \(described)") == normalized("0 1024 \(found)"))
  }

  @Test(arguments: [
    (
      "multipath 0 0 1 1 round-robin 0 1 0 8:0",
      "multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1"
    ),
    ("multipath 0 0 1 1 round-robin 0 1 0 8:0", "multipath 0 0 1 1 round-robin 0 1 1 8:16 1"),
    ("integrity 8:0 0 - J 1 internal_hash:crc32c", "integrity 8:0 0 32 J 1 internal_hash:sha256"),
    ("integrity 8:0 0 - J 1 internal_hash:crc32c", "integrity 8:0 0 4 D 1 internal_hash:crc32c"),
    ("integrity 8:0 0 4 D 0", "integrity 8:0 0 8 D 0"),
    ("cache 8:0 8:1 8:2 128 0 default 0", "cache 8:0 8:3 8:2 128 0 default 0"),
  ])
  func `everything else does`(described: String, found: String) throws {
    #expect(try normalized("0 1024 \(described)") != normalized("0 1024 \(found)"))
  }
}
