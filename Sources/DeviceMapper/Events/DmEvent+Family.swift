public import DeviceMapperTargets

extension DmEvent {
  /// The events of one sort of target.
  ///
  /// Families may be added with any version.
  public enum Family: String, Hashable, Sendable, Codable, CaseIterable {
    /// Of any device: it appeared, vanished, has another name or table.
    case device
    /// `thin-pool` and `thin`.
    case thin
    /// `raid`.
    case raid
    /// `mirror`.
    case mirror
    /// `snapshot` and `snapshot-merge`.
    case snapshot
    /// `cache`.
    case cache
    /// `clone`.
    case clone
    /// `multipath`.
    case multipath
    /// `striped`.
    case striped
    /// `writecache`.
    case writecache
    /// `verity`.
    case verity
    /// `integrity`.
    case integrity
    /// `dust`.
    case dust
    /// `log-writes`.
    case logWrites = "log-writes"
    /// `vdo`.
    case vdo
    /// A target that this package has no type for.
    case other

    /// All families.
    public static let all = Set(allCases)

    /// The families of targets: all but ``device``.
    public static let targets = all.subtracting([.device])
  }
}

extension DmEvent.Family: CustomStringConvertible {
  /// The name of the family.
  public var description: String { rawValue }
}

extension DmEvent.Family {
  /// The types of target whose events are of this family, apart from those without a type here.
  public var targetTypes: [TargetType] {
    switch self {
    case .device, .other: []
    case .thin: [.thinPool, .thin]
    case .raid: [.raid]
    case .mirror: [.mirror]
    case .snapshot: [.snapshot, .snapshotMerge]
    case .cache: [.cache]
    case .clone: [.clone]
    case .multipath: [.multipath]
    case .striped: [.striped]
    case .writecache: [.writecache]
    case .verity: [.verity]
    case .integrity: [.integrity]
    case .dust: [.dust]
    case .logWrites: [.logWrites]
    case .vdo: [.vdo]
    }
  }

  private static let byTarget: [TargetType: DmEvent.Family] = {
    var families: [TargetType: DmEvent.Family] = [:]
    for family in allCases {
      for type in family.targetTypes { families[type] = family }
    }
    return families
  }()

  /// The family that a target's events are of; `nil` for a target that has none, such as `linear`.
  init?(_ status: AnyStatus) {
    if let family = Self.byTarget[status.targetType] {
      self = family
    } else if case .other = status {
      self = .other
    } else {
      return nil
    }
  }
}

extension AnyStatus {
  /// Whether the kernel doesn't raise an event at every change that counts, so that it must be asked:
  /// of a snapshot it tells that it is lost, and not that its store is full.
  ///
  /// Seen on kernels from 6.1 to 7.2.
  var isSilent: Bool {
    switch targetType {
    case .snapshot, .snapshotMerge, .writecache, .verity, .integrity, .dust, .logWrites, .vdo: true
    default: false
    }
  }
}
