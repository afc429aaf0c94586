/// The targets of the Linux tree.
///
/// Computed, which costs nothing, while a stored one is made at its first use and every other use
/// has to ask whether it is.
extension TargetType {
  /// Takes a name that is one.
  @inline(__always)
  private init(known name: StaticString) { storage = InlineBytes(name) }

  /// `linear`: a range of another device.
  public static var linear: TargetType { TargetType(known: "linear") }
  /// `striped`: ranges of several devices in turns.
  public static var striped: TargetType { TargetType(known: "striped") }
  /// `zero`: reads zeros, drops writes.
  public static var zero: TargetType { TargetType(known: "zero") }
  /// `error`: fails every request.
  public static var error: TargetType { TargetType(known: "error") }
  /// `delay`: another device, later.
  public static var delay: TargetType { TargetType(known: "delay") }
  /// `flakey`: another device that fails from time to time.
  public static var flakey: TargetType { TargetType(known: "flakey") }
  /// `dust`: another device with bad blocks on demand.
  public static var dust: TargetType { TargetType(known: "dust") }
  /// `crypt`: encryption.
  public static var crypt: TargetType { TargetType(known: "crypt") }
  /// `inlinecrypt`: encryption by the device or `blk-crypto`.
  public static var inlinecrypt: TargetType { TargetType(known: "inlinecrypt") }
  /// `verity`: read-only data checked against a hash tree.
  public static var verity: TargetType { TargetType(known: "verity") }
  /// `integrity`: a checksum for each sector.
  public static var integrity: TargetType { TargetType(known: "integrity") }
  /// `thin-pool`: the space that thin volumes share.
  public static var thinPool: TargetType { TargetType(known: "thin-pool") }
  /// `thin`: a volume of a thin pool.
  public static var thin: TargetType { TargetType(known: "thin") }
  /// `cache`: a slow device with a fast cache.
  public static var cache: TargetType { TargetType(known: "cache") }
  /// `writecache`: a cache for writes on persistent memory or SSD.
  public static var writecache: TargetType { TargetType(known: "writecache") }
  /// `clone`: a copy that is usable while it is made.
  public static var clone: TargetType { TargetType(known: "clone") }
  /// `era`: records which blocks were written in which era.
  public static var era: TargetType { TargetType(known: "era") }
  /// `raid`: RAID levels of the `md` drivers.
  public static var raid: TargetType { TargetType(known: "raid") }
  /// `mirror`: the older mirror target.
  public static var mirror: TargetType { TargetType(known: "mirror") }
  /// `snapshot`: a copy-on-write snapshot.
  public static var snapshot: TargetType { TargetType(known: "snapshot") }
  /// `snapshot-origin`: the origin of snapshots.
  public static var snapshotOrigin: TargetType { TargetType(known: "snapshot-origin") }
  /// `snapshot-merge`: a snapshot that flows back into its origin.
  public static var snapshotMerge: TargetType { TargetType(known: "snapshot-merge") }
  /// `multipath`: several paths to one device.
  public static var multipath: TargetType { TargetType(known: "multipath") }
  /// `switch`: fixed-size regions spread over paths by a table.
  public static var `switch`: TargetType { TargetType(known: "switch") }
  /// `log-writes`: records every write on a second device.
  public static var logWrites: TargetType { TargetType(known: "log-writes") }
  /// `unstriped`: one stripe of a striped device.
  public static var unstriped: TargetType { TargetType(known: "unstriped") }
  /// `zoned`: a zoned device as an ordinary one.
  public static var zoned: TargetType { TargetType(known: "zoned") }
  /// `ebs`: emulation of another logical block size.
  public static var ebs: TargetType { TargetType(known: "ebs") }
  /// `vdo`: deduplication and compression.
  public static var vdo: TargetType { TargetType(known: "vdo") }
  /// `pcache`: a cache on persistent memory.
  public static var pcache: TargetType { TargetType(known: "pcache") }
}
