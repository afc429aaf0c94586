/// The status of `multipath`.
///
/// Text: `2 QUEUEING INITS COUNT [HANDLER] GROUPS CURRENT GROUP…`, where a group is
/// `LETTER COUNT ARGUMENT… PATHS COUNT (DEVICE LETTER FAILURES WORD…)…`.
/// Kernel code: `drivers/md/dm-mpath.c`.
public struct MultipathStatus: TargetStatus {
  /// The status of a group of paths.
  public struct Group: Hashable, Sendable, Codable {
    /// Whether the group is used.
    public var state: MultipathGroupState
    /// What the selector says of itself, such as the two arguments of `historical-service-time`.
    public var selectorArguments: [TargetWord]
    /// The paths, in order.
    public var paths: [Path]

    /// Creates the status of a group.
    public init(state: MultipathGroupState, selectorArguments: [TargetWord] = [], paths: [Path]) {
      self.state = state
      self.selectorArguments = selectorArguments
      self.paths = paths
    }
  }

  /// The status of a path.
  public struct Path: Hashable, Sendable, Codable {
    /// The device that the path leads to.
    public var device: Device
    /// Whether the path is used.
    public var state: MultipathPathState
    /// How often the path failed; messages count, too.
    public var failCount: UInt32
    /// What the selector says of the path, which depends on the selector.
    ///
    /// - `round-robin`: nothing;
    /// - `queue-length`: the requests under way;
    /// - `service-time`: the bytes under way and the relative throughput;
    /// - `historical-service-time`: the service time, the requests under way and the time from
    ///   which the first is out of date;
    /// - `io-affinity`: the requests that came from a processor without a path.
    public var selectorWords: [TargetWord]

    /// Creates the status of a path.
    public init(
      device: Device, state: MultipathPathState, failCount: UInt32 = 0,
      selectorWords: [TargetWord] = []
    ) {
      self.device = device
      self.state = state
      self.failCount = failCount
      self.selectorWords = selectorWords
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .multipath }

  /// Whether requests wait, since a group isn't prepared yet, and in older kernels how many do.
  public var queueing: UInt32
  /// How many attempts to prepare a group are left or made.
  public var pathGroupInitCount: UInt32
  /// Further words of the first part that a later kernel added.
  public var unknown: [TargetWord]
  /// The hardware handler that is in use.
  public var hardwareHandler: MultipathHardwareHandler?
  /// The number of the group in use, or to be used next, from 1 on; 0 for none.
  public var currentGroup: UInt32
  /// The groups, in order.
  public var groups: [Group]
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    queueing: UInt32 = 0, pathGroupInitCount: UInt32 = 0, unknown: [TargetWord] = [],
    hardwareHandler: MultipathHardwareHandler? = nil, currentGroup: UInt32, groups: [Group],
    trailing: TargetText = TargetText()
  ) {
    self.queueing = queueing
    self.pathGroupInitCount = pathGroupInitCount
    self.unknown = unknown
    self.hardwareHandler = hardwareHandler
    self.currentGroup = currentGroup
    self.groups = groups
    self.trailing = trailing
  }
}

extension MultipathStatus {
  /// The paths of all groups.
  public var paths: [Path] { groups.flatMap(\.paths) }

  /// Failed without a path that works; degraded when a path has failed or a group is disabled.
  public var health: Health {
    var health = Health.healthy
    for (index, group) in groups.enumerated() {
      if group.state == .disabled { health.add(.degraded, "group \(index + 1) disabled") }
      for path in group.paths where path.state == .failed {
        health.add(.degraded, "path \(path.device) failed")
      }
    }
    let hasPath = groups.contains { $0.paths.contains { $0.state == .active } }
    if !hasPath { health.add(.failed, "no usable path") }
    return health
  }
}

/// Whether a group of paths is used.
public enum MultipathGroupState: Keyword {
  /// It is (`A`).
  case active
  /// It can be (`E`).
  case enabled
  /// It is passed over, by a message or since its paths couldn't be prepared (`D`).
  case disabled

  /// The word in JSON.
  public var keyword: StaticString {
    switch self {
    case .active: "active"
    case .enabled: "enabled"
    case .disabled: "disabled"
    }
  }
}

/// Whether a path is used.
public enum MultipathPathState: Keyword {
  /// It can be (`A`).
  case active
  /// It had an error or was failed by a message (`F`).
  case failed

  /// The word in JSON.
  public var keyword: StaticString {
    switch self {
    case .active: "active"
    case .failed: "failed"
    }
  }
}
