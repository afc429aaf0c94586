/// What remembers which parts of a mirror's copies agree.
///
/// Text: the name of the log, a number of words, and those words.
public enum MirrorLog: Hashable, Sendable {
  /// In memory: everything is synchronised again after a restart.
  case core(MirrorCoreLog)
  /// On a device.
  case disk(MirrorDiskLog)
  /// In a daemon in user space, for clusters.
  case userspace(MirrorUserspaceLog)
  /// A log that this version doesn't know, such as `clustered_disk` of older kernels.
  case other(MirrorOtherLog)

  /// The part of the mirror that is in sync or isn't as a whole, if the log is a known one.
  public var regionSize: Sectors? {
    switch self {
    case .core(let log): log.regionSize
    case .disk(let log): log.regionSize
    case .userspace(let log): log.server.regionSize
    case .other: nil
    }
  }

  func check() throws(ParameterError) {
    guard let regionSize else { return }
    guard regionSize.rawValue.isPowerOfTwo, (2...0x8000_0000).contains(regionSize) else {
      throw ParameterError(.mirror, "region size", rule: "a power of two from 2 sectors on")
    }
  }
}

/// The log of a mirror in memory: `REGION [sync|nosync]`.
public struct MirrorCoreLog: Hashable, Sendable, Codable {
  /// The part of the mirror that is in sync or isn't as a whole.
  public var regionSize: Sectors
  /// Whether everything is synchronised or taken to be in sync; `nil` leaves it to the log.
  public var synchronization: MirrorSynchronization?

  /// Creates a log.
  public init(regionSize: Sectors, synchronization: MirrorSynchronization? = nil) {
    self.regionSize = regionSize
    self.synchronization = synchronization
  }
}

/// The log of a mirror on a device: `DEVICE REGION [sync|nosync]`.
public struct MirrorDiskLog: Hashable, Sendable, Codable {
  /// The device that holds the log.
  public var device: DeviceReference
  /// The part of the mirror that is in sync or isn't as a whole.
  public var regionSize: Sectors
  /// Whether everything is synchronised or taken to be in sync; `nil` leaves it to the log.
  public var synchronization: MirrorSynchronization?

  /// Creates a log.
  public init(
    device: DeviceReference, regionSize: Sectors, synchronization: MirrorSynchronization? = nil
  ) {
    self.device = device
    self.regionSize = regionSize
    self.synchronization = synchronization
  }
}

/// The log of a mirror in a daemon: `UUID [integrated_flush] SERVER ARGUMENT…`.
///
/// While the daemon is gone, asking the kernel for a status waits for ever.
public struct MirrorUserspaceLog: Hashable, Sendable, Codable {
  /// What the daemon knows the log by.
  public var uuid: TargetWord
  /// Whether marks and flushes go to the daemon in one request.
  public var hasIntegratedFlush: Bool
  /// The kind of log that the daemon keeps.
  public var server: MirrorServerLog

  /// Creates a log.
  public init(uuid: TargetWord, hasIntegratedFlush: Bool = false, server: MirrorServerLog) {
    self.uuid = uuid
    self.hasIntegratedFlush = hasIntegratedFlush
    self.server = server
  }
}

/// The kind of log that a daemon keeps.
public enum MirrorServerLog: Hashable, Sendable {
  /// `clustered-core`: in the memory of the cluster.
  case clusteredCore(MirrorCoreLog)
  /// `clustered-disk`: on a device that the cluster shares.
  case clusteredDisk(MirrorDiskLog)
  /// A kind that this version doesn't know.
  case other(MirrorOtherLog)

  /// The part of the mirror that is in sync or isn't as a whole, if the log is a known one.
  var regionSize: Sectors? {
    switch self {
    case .clusteredCore(let log): log.regionSize
    case .clusteredDisk(let log): log.regionSize
    case .other: nil
    }
  }
}

/// A log that this version doesn't know.
public struct MirrorOtherLog: Hashable, Sendable, Codable {
  /// The name of the log.
  public var name: TargetWord
  /// Its arguments.
  public var arguments: [TargetWord]

  /// Creates a log.
  public init(name: TargetWord, arguments: [TargetWord]) {
    self.name = name
    self.arguments = arguments
  }
}

/// Whether the copies of a new mirror are made to agree.
public enum MirrorSynchronization: Keyword {
  /// They are, whatever the log says.
  case sync
  /// They are taken to agree.
  case nosync

  /// The word in a table.
  public var keyword: StaticString {
    switch self {
    case .sync: "sync"
    case .nosync: "nosync"
    }
  }
}
