/// The status of any target, typed where this package has a type for it.
public enum AnyStatus: TargetContent {
  /// `cache`.
  case cache(CacheDevStatus)
  /// `clone`.
  case clone(CloneStatus)
  /// `crypt`.
  case crypt(CryptStatus)
  /// `delay`.
  case delay(DelayStatus)
  /// `dust`.
  case dust(DustStatus)
  /// `ebs`.
  case ebs(EbsStatus)
  /// `era`.
  case era(EraStatus)
  /// `error`.
  case error(ErrorStatus)
  /// `flakey`.
  case flakey(FlakeyStatus)
  /// `inlinecrypt`.
  case inlinecrypt(InlinecryptStatus)
  /// `integrity`.
  case integrity(IntegrityStatus)
  /// `linear`.
  case linear(LinearStatus)
  /// `log-writes`.
  case logWrites(LogWritesStatus)
  /// `mirror`.
  case mirror(MirrorStatus)
  /// `multipath`.
  case multipath(MultipathStatus)
  /// `pcache`.
  case pcache(PcacheStatus)
  /// `raid`.
  case raid(RaidStatus)
  /// `snapshot`.
  case snapshot(SnapshotStatus)
  /// `snapshot-merge`.
  case snapshotMerge(SnapshotMergeStatus)
  /// `snapshot-origin`.
  case snapshotOrigin(SnapshotOriginStatus)
  /// `striped`.
  case striped(StripedStatus)
  /// `switch`.
  case `switch`(SwitchStatus)
  /// `thin`.
  case thin(ThinStatus)
  /// `thin-pool`.
  case thinPool(ThinPoolStatus)
  /// `unstriped`.
  case unstriped(UnstripedStatus)
  /// `vdo`.
  case vdo(VdoStatus)
  /// `verity`.
  case verity(VerityStatus)
  /// `writecache`.
  case writecache(WritecacheStatus)
  /// `zero`.
  case zero(ZeroStatus)
  /// `zoned`.
  case zoned(ZonedStatus)
  /// A target without a type here, kept as it is.
  case other(VerbatimTarget)

  /// Reads the fields of a line of `type`.
  public init(type: TargetType, fields: inout FieldScanner) throws(ParseError) {
    switch type {
    case .cache: self = .cache(try CacheDevStatus(fields: &fields))
    case .clone: self = .clone(try CloneStatus(fields: &fields))
    case .crypt: self = .crypt(CryptStatus(fields: &fields))
    case .delay: self = .delay(try DelayStatus(fields: &fields))
    case .dust: self = .dust(try DustStatus(fields: &fields))
    case .ebs: self = .ebs(EbsStatus(fields: &fields))
    case .era: self = .era(try EraStatus(fields: &fields))
    case .error: self = .error(ErrorStatus(fields: &fields))
    case .flakey: self = .flakey(FlakeyStatus(fields: &fields))
    case .inlinecrypt: self = .inlinecrypt(InlinecryptStatus(fields: &fields))
    case .integrity: self = .integrity(try IntegrityStatus(fields: &fields))
    case .linear: self = .linear(LinearStatus(fields: &fields))
    case .logWrites: self = .logWrites(try LogWritesStatus(fields: &fields))
    case .mirror: self = .mirror(try MirrorStatus(fields: &fields))
    case .multipath: self = .multipath(try MultipathStatus(fields: &fields))
    case .pcache: self = .pcache(try PcacheStatus(fields: &fields))
    case .raid: self = .raid(try RaidStatus(fields: &fields))
    case .snapshot: self = .snapshot(try SnapshotStatus(fields: &fields))
    case .snapshotMerge: self = .snapshotMerge(try SnapshotMergeStatus(fields: &fields))
    case .snapshotOrigin: self = .snapshotOrigin(SnapshotOriginStatus(fields: &fields))
    case .striped: self = .striped(try StripedStatus(fields: &fields))
    case .switch: self = .switch(SwitchStatus(fields: &fields))
    case .thin: self = .thin(try ThinStatus(fields: &fields))
    case .thinPool: self = .thinPool(try ThinPoolStatus(fields: &fields))
    case .unstriped: self = .unstriped(UnstripedStatus(fields: &fields))
    case .vdo: self = .vdo(try VdoStatus(fields: &fields))
    case .verity: self = .verity(try VerityStatus(fields: &fields))
    case .writecache: self = .writecache(try WritecacheStatus(fields: &fields))
    case .zero: self = .zero(ZeroStatus(fields: &fields))
    case .zoned: self = .zoned(try ZonedStatus(fields: &fields))
    default: self = .other(VerbatimTarget(type: type, fields: &fields))
    }
  }

  /// The typed content.
  public var content: any TargetContent {
    switch self {
    case .cache(let content): content
    case .clone(let content): content
    case .crypt(let content): content
    case .delay(let content): content
    case .dust(let content): content
    case .ebs(let content): content
    case .era(let content): content
    case .error(let content): content
    case .flakey(let content): content
    case .inlinecrypt(let content): content
    case .integrity(let content): content
    case .linear(let content): content
    case .logWrites(let content): content
    case .mirror(let content): content
    case .multipath(let content): content
    case .pcache(let content): content
    case .raid(let content): content
    case .snapshot(let content): content
    case .snapshotMerge(let content): content
    case .snapshotOrigin(let content): content
    case .striped(let content): content
    case .switch(let content): content
    case .thin(let content): content
    case .thinPool(let content): content
    case .unstriped(let content): content
    case .vdo(let content): content
    case .verity(let content): content
    case .writecache(let content): content
    case .zero(let content): content
    case .zoned(let content): content
    case .other(let content): content
    }
  }

  /// The type of target.
  public var targetType: TargetType { content.targetType }

  /// Appends the fields.
  public func write(to text: inout TextWriter) { content.write(to: &text) }
}

/// One object in JSON: `target` and, beside it, the fields of that target.
extension AnyStatus: Codable {
  /// Decodes the type of target, then its fields.
  public init(from decoder: any Decoder) throws {
    switch try TargetTypeKey.decode(from: decoder) {
    case .cache: self = .cache(try CacheDevStatus(from: decoder))
    case .clone: self = .clone(try CloneStatus(from: decoder))
    case .crypt: self = .crypt(try CryptStatus(from: decoder))
    case .delay: self = .delay(try DelayStatus(from: decoder))
    case .dust: self = .dust(try DustStatus(from: decoder))
    case .ebs: self = .ebs(try EbsStatus(from: decoder))
    case .era: self = .era(try EraStatus(from: decoder))
    case .error: self = .error(try ErrorStatus(from: decoder))
    case .flakey: self = .flakey(try FlakeyStatus(from: decoder))
    case .inlinecrypt: self = .inlinecrypt(try InlinecryptStatus(from: decoder))
    case .integrity: self = .integrity(try IntegrityStatus(from: decoder))
    case .linear: self = .linear(try LinearStatus(from: decoder))
    case .logWrites: self = .logWrites(try LogWritesStatus(from: decoder))
    case .mirror: self = .mirror(try MirrorStatus(from: decoder))
    case .multipath: self = .multipath(try MultipathStatus(from: decoder))
    case .pcache: self = .pcache(try PcacheStatus(from: decoder))
    case .raid: self = .raid(try RaidStatus(from: decoder))
    case .snapshot: self = .snapshot(try SnapshotStatus(from: decoder))
    case .snapshotMerge: self = .snapshotMerge(try SnapshotMergeStatus(from: decoder))
    case .snapshotOrigin: self = .snapshotOrigin(try SnapshotOriginStatus(from: decoder))
    case .striped: self = .striped(try StripedStatus(from: decoder))
    case .switch: self = .switch(try SwitchStatus(from: decoder))
    case .thin: self = .thin(try ThinStatus(from: decoder))
    case .thinPool: self = .thinPool(try ThinPoolStatus(from: decoder))
    case .unstriped: self = .unstriped(try UnstripedStatus(from: decoder))
    case .vdo: self = .vdo(try VdoStatus(from: decoder))
    case .verity: self = .verity(try VerityStatus(from: decoder))
    case .writecache: self = .writecache(try WritecacheStatus(from: decoder))
    case .zero: self = .zero(try ZeroStatus(from: decoder))
    case .zoned: self = .zoned(try ZonedStatus(from: decoder))
    default: self = .other(try VerbatimTarget(from: decoder))
    }
  }

  /// Encodes the type of target and its fields.
  public func encode(to encoder: any Encoder) throws {
    try TargetTypeKey.encode(targetType, to: encoder)
    try content.encode(to: encoder)
  }
}

extension AnyStatus {
  /// How the target is doing; of a target without a type here, nothing is known to be wrong.
  public var health: Health { (content as? any TargetStatus)?.health ?? .healthy }
}
