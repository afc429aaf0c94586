/// How an array differs from the default, the middle part of a `raid` table line.
///
/// What is `nil` isn't said, and the kernel's default holds. ``RaidTargetParams`` checks which
/// options go with which level and with each other.
public struct RaidOptions: Hashable, Sendable, Codable {
  /// Whether the array is synchronised when it is first activated.
  public enum Synchronization: Keyword {
    /// All of it is, whatever the superblocks say.
    case sync
    /// It is taken to be in sync.
    case nosync

    /// The word in a table.
    public var keyword: StaticString {
      switch self {
      case .sync: "sync"
      case .nosync: "nosync"
      }
    }
  }

  /// Where the copies of a chunk are.
  public enum Raid10Format: Keyword {
    /// On neighbouring devices.
    case near
    /// In the second half of the devices.
    case far
    /// In the next stripe, shifted by a device.
    case offset

    /// The word in a table.
    public var keyword: StaticString {
      switch self {
      case .near: "near"
      case .far: "far"
      case .offset: "offset"
      }
    }
  }

  /// When a write is done that goes through a journal.
  public enum JournalMode: Keyword {
    /// When it is on the devices, too.
    case writeThrough
    /// When it is in the journal.
    case writeBack

    /// The word in a table.
    public var keyword: StaticString {
      switch self {
      case .writeThrough: "writethrough"
      case .writeBack: "writeback"
      }
    }
  }

  /// Whether the array is synchronised or taken to be in sync.
  public var synchronization: Synchronization?
  /// The indices of devices whose content is made anew, rising.
  public var rebuild: [UInt32] = []
  /// The time between two rounds that clear bits of the write-intent bitmap, in milliseconds.
  public var daemonSleep: UInt32?
  /// What a resync reaches at least, in KiB a second on each device.
  public var minimumRecoveryRate: UInt32?
  /// What a resync reaches at most, in KiB a second on each device.
  public var maximumRecoveryRate: UInt32?
  /// The indices of devices that aren't read if others can be, rising (RAID 1).
  public var writeMostly: [UInt32] = []
  /// How far writes to such devices may lag behind (RAID 1).
  ///
  /// Kernels print half of what they were given, and have a limit, which for 6.1 is 32767.
  public var maximumWriteBehind: Sectors?
  /// The number of stripes in the cache (RAID 4, 5, 6); a kernel prints what it made of that.
  public var stripeCache: UInt32?
  /// The part of the array that a bit of the write-intent bitmap stands for.
  public var regionSize: Sectors?
  /// How many copies there are (RAID 10).
  public var raid10Copies: UInt32?
  /// Where the copies are (RAID 10).
  public var raid10Format: Raid10Format?
  /// Whether the older arrangement of `far` and `offset` is used (RAID 10, target 1.8).
  ///
  /// Kernels count this word and don't print it, which is understood when a table is read.
  public var usesNearSets = false
  /// The number of devices that are added or, negative, removed (target 1.9).
  public var deltaDisks: Int32?
  /// Where the data begins on each device, which leaves space to reshape (target 1.9).
  public var dataOffset: Sectors?
  /// The device that writes go to first, which closes the write hole (RAID 4, 5, 6; target 1.10).
  public var journalDevice: DeviceReference?
  /// When a write through the journal is done (target 1.11.1).
  public var journalMode: JournalMode?
  /// Words that this version doesn't know, in order.
  public var unknown: [TargetWord] = []

  /// Creates options of which none is set.
  public init() {}
}
