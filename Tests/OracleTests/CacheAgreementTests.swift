import CDeviceMapper
import DeviceMapperTargets
import Testing

/// The same figures as libdevmapper has, for caches.
struct CacheAgreementTests {
  @Test(arguments: [
    "8 10/16384 128 0/1024 0 0 0 0 0 0 0 2 writethrough no_discard_passdown 2 "
      + "migration_threshold 2048 smq 0 rw - ",
    "8 10/16384 128 5/1024 1 2 3 4 5 6 7 1 writeback 2 migration_threshold 2048 mq 10 "
      + "random_threshold 0 sequential_threshold 0 discard_promote_adjustment 0 "
      + "read_promote_adjustment 0 write_promote_adjustment 0 ro needs_check ",
    "8 1/2 64 3/4 4294967295 4294967295 4294967295 4294967295 4294967295 4294967295 "
      + "18446744073709551615 2 metadata2 passthrough 2 migration_threshold 2048 cleaner 0 rw "
      + "needs_check ",
  ])
  func `a working cache`(line: String) throws {
    guard case .working(let ours) = try CacheDevStatus(parsing: line) else {
      Issue.record("not working")
      return
    }
    let theirs = try unsafe Library.parse(line, dm_get_status_cache) { unsafe $0?.figures }
    #expect(ours.figures == theirs)
  }

  @Test func `a cache that failed`() throws {
    #expect(try CacheDevStatus(parsing: "Fail") == .fail)
    #expect(try unsafe Library.parse("Fail", dm_get_status_cache) { unsafe $0?.fail } == 1)
    #expect(try CacheDevStatus(parsing: "Error") == .error)
    #expect(try unsafe Library.parse("Error", dm_get_status_cache) { unsafe $0?.error } == 1)
  }
}

extension CacheDevWorkingStatus {
  fileprivate var figures: [String] {
    [
      "metadata \(usage.metadata.used.rawValue)/\(usage.metadata.total.rawValue)",
      "of \(usage.metadataBlockSize.rawValue)",
      "cache \(usage.cache.used.rawValue)/\(usage.cache.total.rawValue)",
      "of \(usage.cacheBlockSize.rawValue)",
      "reads \(performance.readHits) \(performance.readMisses)",
      "writes \(performance.writeHits) \(performance.writeMisses)",
      "demoted \(performance.demotions)", "promoted \(performance.promotions)",
      "dirty \(performance.dirty.rawValue)",
      "writeback \(features.mode == .writeback)",
      "writethrough \(features.mode == .writethrough)",
      "passthrough \(features.mode == .passthrough)",
      "metadata2 \(features.usesMetadata2)",
      "policy \(policy.name) \(policy.arguments.count * 2)",
      "readOnly \(metadataMode == .readOnly)",
      "needsCheck \(needsCheck ?? false)",
      "fail false", "error false",
    ]
  }
}

extension dm_status_cache {
  fileprivate var figures: [String] {
    unsafe [
      "metadata \(metadata_used_blocks)/\(metadata_total_blocks)",
      "of \(metadata_block_size)",
      "cache \(used_blocks)/\(total_blocks)",
      "of \(block_size)",
      "reads \(read_hits) \(read_misses)",
      "writes \(write_hits) \(write_misses)",
      "demoted \(demotions)", "promoted \(promotions)",
      "dirty \(dirty_blocks)",
      "writeback \(has(UInt64(DM_CACHE_FEATURE_WRITEBACK)))",
      "writethrough \(has(UInt64(DM_CACHE_FEATURE_WRITETHROUGH)))",
      "passthrough \(has(UInt64(DM_CACHE_FEATURE_PASSTHROUGH)))",
      "metadata2 \(has(UInt64(DM_CACHE_FEATURE_METADATA2)))",
      "policy \(Library.string(policy_name) ?? "") \(policy_argc)",
      "readOnly \(read_only != 0)",
      "needsCheck \(needs_check != 0)",
      "fail \(fail != 0)", "error \(error != 0)",
    ]
  }

  private func has(_ feature: UInt64) -> Bool { unsafe feature_flags & feature != 0 }
}
