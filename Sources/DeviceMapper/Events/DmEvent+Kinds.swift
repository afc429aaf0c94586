extension DmEvent.Kind {
  /// A device is new.
  public static let deviceAppeared = Self("device_appeared", .device, "a device is new")
  /// A device is gone.
  public static let deviceVanished = Self("device_vanished", .device, "a device is gone")
  /// A device has another name.
  public static let deviceRenamed = Self("device_renamed", .device, "a device has another name")
  /// A device has another table in effect.
  public static let deviceTableChanged = Self(
    "device_table_changed", .device, "a device has another table in effect")

  /// No more data blocks of a pool are free than its low water mark.
  public static let thinLowWater = Self(
    "thin_low_water", .thin, "a pool has no more free blocks than its low water mark")
  /// No more metadata blocks of a pool are free than the kernel's mark.
  public static let thinMetadataLow = Self(
    "thin_metadata_low", .thin, "a pool's metadata device is nearly full")
  /// A pool has no free data block.
  public static let thinOverflow = Self("thin_overflow", .thin, "a pool has run out of data space")
  /// The metadata of a pool can't be changed any more, without its table saying so.
  public static let thinReadOnly = Self(
    "thin_read_only", .thin, "a pool's metadata has become read only")
  /// The metadata of a pool must be checked.
  public static let thinNeedsCheck = Self(
    "thin_needs_check", .thin, "a pool's metadata must be checked with thin_check")
  /// A pool, or a thin device, serves nothing any more.
  public static let thinFailed = Self("thin_failed", .thin, "a pool or thin device has failed")
  /// A pool does everything again.
  public static let thinRecovered = Self(
    "thin_recovered", .thin, "a pool reads and writes again")

  /// A device of an array has failed or is missing.
  public static let raidDegraded = Self("raid_degraded", .raid, "an array has lost a device")
  /// An array has lost more devices than its level can do without.
  public static let raidFailed = Self("raid_failed", .raid, "an array has lost too many devices")
  /// An array has begun to fill devices or to make them agree.
  public static let raidRecoveryStarted = Self(
    "raid_recovery_started", .raid, "an array has begun to resync or recover")
  /// All devices of an array agree again.
  public static let raidRecoveryCompleted = Self(
    "raid_recovery_completed", .raid, "all devices of an array are in sync again")
  /// An array has begun to compare its devices.
  public static let raidCheckStarted = Self(
    "raid_check_started", .raid, "an array has begun a check or repair")
  /// A comparison of an array's devices has ended.
  public static let raidCheckCompleted = Self(
    "raid_check_completed", .raid, "a check or repair of an array has ended")
  /// Sectors differed in the last check.
  public static let raidMismatches = Self(
    "raid_mismatches", .raid, "the last check of an array found differences")
  /// An array has begun to change its layout.
  public static let raidReshapeStarted = Self(
    "raid_reshape_started", .raid, "an array has begun to change its layout")
  /// An array has its new layout.
  public static let raidReshapeCompleted = Self(
    "raid_reshape_completed", .raid, "an array has changed its layout")
  /// The journal of an array has failed.
  public static let raidJournalFailed = Self(
    "raid_journal_failed", .raid, "the journal of an array has failed")

  /// A leg of a mirror had an error, after which it isn't used any more.
  public static let mirrorDegraded = Self(
    "mirror_degraded", .mirror, "a leg of a mirror has failed")
  /// All legs of a mirror had errors, or its log can't be reached.
  public static let mirrorFailed = Self("mirror_failed", .mirror, "a mirror has failed")
  /// All legs of a mirror agree.
  public static let mirrorResyncCompleted = Self(
    "mirror_resync_completed", .mirror, "all legs of a mirror are in sync")
  /// The log of a mirror has failed.
  public static let mirrorLogFailed = Self(
    "mirror_log_failed", .mirror, "the log of a mirror has failed")

  /// A snapshot is lost.
  public static let snapshotInvalid = Self("snapshot_invalid", .snapshot, "a snapshot is lost")
  /// The store of a snapshot is full.
  public static let snapshotOverflow = Self(
    "snapshot_overflow", .snapshot, "a snapshot takes no more writes, its store is full")
  /// A snapshot can't be merged.
  public static let snapshotMergeFailed = Self(
    "snapshot_merge_failed", .snapshot, "a snapshot can't be merged")
  /// A snapshot has flowed back into its origin.
  public static let snapshotMergeCompleted = Self(
    "snapshot_merge_completed", .snapshot, "a snapshot has flowed back into its origin")

  /// The metadata of a cache can't be changed any more.
  public static let cacheReadOnly = Self(
    "cache_read_only", .cache, "a cache's metadata has become read only")
  /// The metadata of a cache must be checked.
  public static let cacheNeedsCheck = Self(
    "cache_needs_check", .cache, "a cache's metadata must be checked with cache_check")
  /// A cache serves nothing any more.
  public static let cacheFailed = Self("cache_failed", .cache, "a cache has failed")
  /// A cache does everything again.
  public static let cacheRecovered = Self("cache_recovered", .cache, "a cache works fully again")
  /// No block of a cache has to be written back any more.
  public static let cacheClean = Self("cache_clean", .cache, "a cache has written everything back")

  /// Everything is copied.
  public static let cloneCompleted = Self("clone_completed", .clone, "a clone is complete")
  /// The metadata of a clone can't be changed any more.
  public static let cloneReadOnly = Self(
    "clone_read_only", .clone, "a clone's metadata has become read only")
  /// A clone serves nothing any more.
  public static let cloneFailed = Self("clone_failed", .clone, "a clone has failed")

  /// A path has failed.
  public static let multipathPathFailed = Self(
    "multipath_path_failed", .multipath, "a path has failed")
  /// A path is used again.
  public static let multipathPathReinstated = Self(
    "multipath_path_reinstated", .multipath, "a path is used again")
  /// No path is left.
  public static let multipathFailed = Self("multipath_failed", .multipath, "no path is left")
  /// Another group of paths is used.
  public static let multipathGroupSwitched = Self(
    "multipath_group_switched", .multipath, "another group of paths is used")

  /// A stripe had errors; the kernel tells of one in ten.
  public static let stripedDegraded = Self("striped_degraded", .striped, "a stripe had errors")

  /// The cache device of a `writecache` had an error.
  public static let writecacheFailed = Self(
    "writecache_failed", .writecache, "the device of a writecache had an error")

  /// Data didn't match the hash tree.
  public static let verityCorrupted = Self(
    "verity_corrupted", .verity, "data doesn't match its hash tree")
  /// Blocks that didn't match were repaired (kernel 6.19).
  public static let verityCorrected = Self(
    "verity_corrected", .verity, "data that doesn't match its hash tree was repaired")
  /// Data didn't match its checksum.
  public static let integrityMismatch = Self(
    "integrity_mismatch", .integrity, "data doesn't match its checksum")
  /// All checksums are computed.
  public static let integrityRecalculated = Self(
    "integrity_recalculated", .integrity, "all checksums are computed")

  /// Reads of bad blocks fail from now on.
  public static let dustEnabled = Self("dust_enabled", .dust, "reads of bad blocks fail")
  /// Reads of bad blocks are served from now on.
  public static let dustDisabled = Self("dust_disabled", .dust, "reads of bad blocks are served")

  /// Writes aren't recorded any more.
  public static let logWritesStopped = Self(
    "log_writes_stopped", .logWrites, "writes aren't recorded any more")

  /// A `vdo` takes no writes after an error.
  public static let vdoReadOnly = Self("vdo_read_only", .vdo, "a vdo has become read only")
  /// A `vdo` has no free block.
  public static let vdoOverflow = Self("vdo_overflow", .vdo, "a vdo has run out of physical space")

  /// The kernel raised an event for a target that this package has no type for.
  public static let targetEvent = Self(
    "target_event", .other, "the kernel raised an event for a target without a type here")

  /// All kinds, family by family.
  public static let all: [Self] = [
    .deviceAppeared, .deviceVanished, .deviceRenamed, .deviceTableChanged,
    .thinLowWater, .thinMetadataLow, .thinOverflow, .thinReadOnly, .thinNeedsCheck, .thinFailed,
    .thinRecovered,
    .raidDegraded, .raidFailed, .raidRecoveryStarted, .raidRecoveryCompleted, .raidCheckStarted,
    .raidCheckCompleted, .raidMismatches, .raidReshapeStarted, .raidReshapeCompleted,
    .raidJournalFailed,
    .mirrorDegraded, .mirrorFailed, .mirrorResyncCompleted, .mirrorLogFailed,
    .snapshotInvalid, .snapshotOverflow, .snapshotMergeFailed, .snapshotMergeCompleted,
    .cacheReadOnly, .cacheNeedsCheck, .cacheFailed, .cacheRecovered, .cacheClean,
    .cloneCompleted, .cloneReadOnly, .cloneFailed,
    .multipathPathFailed, .multipathPathReinstated, .multipathFailed, .multipathGroupSwitched,
    .stripedDegraded, .writecacheFailed, .verityCorrupted, .verityCorrected, .integrityMismatch,
    .integrityRecalculated, .dustEnabled, .dustDisabled, .logWritesStopped, .vdoReadOnly,
    .vdoOverflow, .targetEvent,
  ]
}

extension DmEvent.Family {
  /// The kinds of events of this family.
  public var kinds: [DmEvent.Kind] { DmEvent.Kind.all.filter { $0.family == self } }
}
