/// The parameters of any target, typed where this package has a type for it.
///
/// Large parameters stand in memory of their own, so that a table of many short lines, such as those
/// of `linear`, is a quarter of the size and isn't moved about.
public enum AnyTarget: TargetContent {
  /// `cache`.
  indirect case cache(CacheTargetParams)
  /// `clone`.
  indirect case clone(CloneTargetParams)
  /// `crypt`.
  indirect case crypt(CryptTargetParams)
  /// `delay`.
  indirect case delay(DelayTargetParams)
  /// `dust`.
  case dust(DustTargetParams)
  /// `ebs`.
  case ebs(EbsTargetParams)
  /// `era`.
  case era(EraTargetParams)
  /// `error`.
  case error(ErrorTargetParams)
  /// `flakey`.
  case flakey(FlakeyTargetParams)
  /// `inlinecrypt`.
  indirect case inlinecrypt(InlinecryptTargetParams)
  /// `integrity`.
  indirect case integrity(IntegrityTargetParams)
  /// `linear`.
  case linear(LinearTargetParams)
  /// `log-writes`.
  case logWrites(LogWritesTargetParams)
  /// `mirror`.
  indirect case mirror(MirrorTargetParams)
  /// `multipath`.
  case multipath(MultipathTargetParams)
  /// `pcache`.
  case pcache(PcacheTargetParams)
  /// `raid`.
  indirect case raid(RaidTargetParams)
  /// `snapshot`.
  case snapshot(SnapshotTargetParams)
  /// `snapshot-merge`.
  case snapshotMerge(SnapshotMergeTargetParams)
  /// `snapshot-origin`.
  case snapshotOrigin(SnapshotOriginTargetParams)
  /// `striped`.
  case striped(StripedTargetParams)
  /// `switch`.
  case `switch`(SwitchTargetParams)
  /// `thin`.
  case thin(ThinTable)
  /// `thin-pool`.
  case thinPool(ThinPoolTargetParams)
  /// `unstriped`.
  case unstriped(UnstripedTargetParams)
  /// `vdo`.
  indirect case vdo(VdoTargetParams)
  /// `verity`.
  indirect case verity(VerityTargetParams)
  /// `writecache`.
  indirect case writecache(WritecacheTargetParams)
  /// `zero`.
  case zero(ZeroTargetParams)
  /// `zoned`.
  case zoned(ZonedTargetParams)
  /// A target without a type here, kept as it is.
  case other(VerbatimTarget)

  /// Reads the fields of a line of `type`.
  public init(type: TargetType, fields: inout FieldScanner) throws(ParseError) {
    switch type {
    case .cache: self = .cache(try CacheTargetParams(fields: &fields))
    case .clone: self = .clone(try CloneTargetParams(fields: &fields))
    case .crypt: self = .crypt(try CryptTargetParams(fields: &fields))
    case .delay: self = .delay(try DelayTargetParams(fields: &fields))
    case .dust: self = .dust(try DustTargetParams(fields: &fields))
    case .ebs: self = .ebs(try EbsTargetParams(fields: &fields))
    case .era: self = .era(try EraTargetParams(fields: &fields))
    case .error: self = .error(try ErrorTargetParams(fields: &fields))
    case .flakey: self = .flakey(try FlakeyTargetParams(fields: &fields))
    case .inlinecrypt: self = .inlinecrypt(try InlinecryptTargetParams(fields: &fields))
    case .integrity: self = .integrity(try IntegrityTargetParams(fields: &fields))
    case .linear: self = .linear(try LinearTargetParams(fields: &fields))
    case .logWrites: self = .logWrites(try LogWritesTargetParams(fields: &fields))
    case .mirror: self = .mirror(try MirrorTargetParams(fields: &fields))
    case .multipath: self = .multipath(try MultipathTargetParams(fields: &fields))
    case .pcache: self = .pcache(try PcacheTargetParams(fields: &fields))
    case .raid: self = .raid(try RaidTargetParams(fields: &fields))
    case .snapshot: self = .snapshot(try SnapshotTargetParams(fields: &fields))
    case .snapshotMerge: self = .snapshotMerge(try SnapshotMergeTargetParams(fields: &fields))
    case .snapshotOrigin: self = .snapshotOrigin(try SnapshotOriginTargetParams(fields: &fields))
    case .striped: self = .striped(try StripedTargetParams(fields: &fields))
    case .switch: self = .switch(try SwitchTargetParams(fields: &fields))
    case .thin: self = .thin(try ThinTable(fields: &fields))
    case .thinPool: self = .thinPool(try ThinPoolTargetParams(fields: &fields))
    case .unstriped: self = .unstriped(try UnstripedTargetParams(fields: &fields))
    case .vdo: self = .vdo(try VdoTargetParams(fields: &fields))
    case .verity: self = .verity(try VerityTargetParams(fields: &fields))
    case .writecache: self = .writecache(try WritecacheTargetParams(fields: &fields))
    case .zero: self = .zero(try ZeroTargetParams(fields: &fields))
    case .zoned: self = .zoned(try ZonedTargetParams(fields: &fields))
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

  /// Checks the length as the target does.
  public func check(length: Sectors) throws(ParameterError) {
    // Not by way of ``content``, which has to put it into memory of its own.
    switch self {
    case .clone(let content): try content.check(length: length)
    case .crypt(let content): try content.check(length: length)
    case .dust(let content): try content.check(length: length)
    case .ebs(let content): try content.check(length: length)
    case .inlinecrypt(let content): try content.check(length: length)
    case .mirror(let content): try content.check(length: length)
    case .raid(let content): try content.check(length: length)
    case .striped(let content): try content.check(length: length)
    case .unstriped(let content): try content.check(length: length)
    case .vdo(let content): try content.check(length: length)
    case .verity(let content): try content.check(length: length)
    default: break
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) { content.write(to: &text) }
}

/// One object in JSON: `target` and, beside it, the fields of that target.
extension AnyTarget: Codable {
  /// Decodes the type of target, then its fields.
  public init(from decoder: any Decoder) throws {
    switch try TargetTypeKey.decode(from: decoder) {
    case .cache: self = .cache(try CacheTargetParams(from: decoder))
    case .clone: self = .clone(try CloneTargetParams(from: decoder))
    case .crypt: self = .crypt(try CryptTargetParams(from: decoder))
    case .delay: self = .delay(try DelayTargetParams(from: decoder))
    case .dust: self = .dust(try DustTargetParams(from: decoder))
    case .ebs: self = .ebs(try EbsTargetParams(from: decoder))
    case .era: self = .era(try EraTargetParams(from: decoder))
    case .error: self = .error(try ErrorTargetParams(from: decoder))
    case .flakey: self = .flakey(try FlakeyTargetParams(from: decoder))
    case .inlinecrypt: self = .inlinecrypt(try InlinecryptTargetParams(from: decoder))
    case .integrity: self = .integrity(try IntegrityTargetParams(from: decoder))
    case .linear: self = .linear(try LinearTargetParams(from: decoder))
    case .logWrites: self = .logWrites(try LogWritesTargetParams(from: decoder))
    case .mirror: self = .mirror(try MirrorTargetParams(from: decoder))
    case .multipath: self = .multipath(try MultipathTargetParams(from: decoder))
    case .pcache: self = .pcache(try PcacheTargetParams(from: decoder))
    case .raid: self = .raid(try RaidTargetParams(from: decoder))
    case .snapshot: self = .snapshot(try SnapshotTargetParams(from: decoder))
    case .snapshotMerge: self = .snapshotMerge(try SnapshotMergeTargetParams(from: decoder))
    case .snapshotOrigin: self = .snapshotOrigin(try SnapshotOriginTargetParams(from: decoder))
    case .striped: self = .striped(try StripedTargetParams(from: decoder))
    case .switch: self = .switch(try SwitchTargetParams(from: decoder))
    case .thin: self = .thin(try ThinTable(from: decoder))
    case .thinPool: self = .thinPool(try ThinPoolTargetParams(from: decoder))
    case .unstriped: self = .unstriped(try UnstripedTargetParams(from: decoder))
    case .vdo: self = .vdo(try VdoTargetParams(from: decoder))
    case .verity: self = .verity(try VerityTargetParams(from: decoder))
    case .writecache: self = .writecache(try WritecacheTargetParams(from: decoder))
    case .zero: self = .zero(try ZeroTargetParams(from: decoder))
    case .zoned: self = .zoned(try ZonedTargetParams(from: decoder))
    default: self = .other(try VerbatimTarget(from: decoder))
    }
  }

  /// Encodes the type of target and its fields.
  public func encode(to encoder: any Encoder) throws {
    try TargetTypeKey.encode(targetType, to: encoder)
    try content.encode(to: encoder)
  }
}
