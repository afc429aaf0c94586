/// The targets of the Linux tree.
extension TargetType {
  /// `linear`: a range of another device.
  public static let linear: TargetType = "linear"
  /// `striped`: ranges of several devices in turns.
  public static let striped: TargetType = "striped"
  /// `zero`: reads zeros, drops writes.
  public static let zero: TargetType = "zero"
  /// `error`: fails every request.
  public static let error: TargetType = "error"
  /// `delay`: another device, later.
  public static let delay: TargetType = "delay"
  /// `flakey`: another device that fails from time to time.
  public static let flakey: TargetType = "flakey"
  /// `dust`: another device with bad blocks on demand.
  public static let dust: TargetType = "dust"
  /// `crypt`: encryption.
  public static let crypt: TargetType = "crypt"
  /// `inlinecrypt`: encryption by the device or `blk-crypto`.
  public static let inlinecrypt: TargetType = "inlinecrypt"
  /// `verity`: read-only data checked against a hash tree.
  public static let verity: TargetType = "verity"
  /// `integrity`: a checksum for each sector.
  public static let integrity: TargetType = "integrity"
  /// `thin-pool`: the space that thin volumes share.
  public static let thinPool: TargetType = "thin-pool"
  /// `thin`: a volume of a thin pool.
  public static let thin: TargetType = "thin"
  /// `cache`: a slow device with a fast cache.
  public static let cache: TargetType = "cache"
  /// `writecache`: a cache for writes on persistent memory or SSD.
  public static let writecache: TargetType = "writecache"
  /// `clone`: a copy that is usable while it is made.
  public static let clone: TargetType = "clone"
  /// `era`: records which blocks were written in which era.
  public static let era: TargetType = "era"
  /// `raid`: RAID levels of the `md` drivers.
  public static let raid: TargetType = "raid"
  /// `mirror`: the older mirror target.
  public static let mirror: TargetType = "mirror"
  /// `snapshot`: a copy-on-write snapshot.
  public static let snapshot: TargetType = "snapshot"
  /// `snapshot-origin`: the origin of snapshots.
  public static let snapshotOrigin: TargetType = "snapshot-origin"
  /// `snapshot-merge`: a snapshot that flows back into its origin.
  public static let snapshotMerge: TargetType = "snapshot-merge"
  /// `multipath`: several paths to one device.
  public static let multipath: TargetType = "multipath"
  /// `switch`: fixed-size regions spread over paths by a table.
  public static let `switch`: TargetType = "switch"
  /// `log-writes`: records every write on a second device.
  public static let logWrites: TargetType = "log-writes"
  /// `unstriped`: one stripe of a striped device.
  public static let unstriped: TargetType = "unstriped"
  /// `zoned`: a zoned device as an ordinary one.
  public static let zoned: TargetType = "zoned"
  /// `ebs`: emulation of another logical block size.
  public static let ebs: TargetType = "ebs"
  /// `vdo`: deduplication and compression.
  public static let vdo: TargetType = "vdo"
  /// `pcache`: a cache on persistent memory.
  public static let pcache: TargetType = "pcache"
}
