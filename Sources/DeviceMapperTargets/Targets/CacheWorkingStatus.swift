/// The figures of a cache that works.
///
/// Text: `META_BLOCK META/META BLOCK RESIDENT/TOTAL READ_HITS READ_MISSES WRITE_HITS WRITE_MISSES
/// DEMOTIONS PROMOTIONS DIRTY COUNT FEATURE… COUNT KEY VALUE… POLICY COUNT [KEY VALUE…] MODE
/// NEEDS_CHECK`. Kernels before 4.x end the line earlier; what they don't say is `nil`.
public struct CacheDevWorkingStatus: Hashable, Sendable, Codable {
  /// How full the cache and its metadata are.
  public var usage: CacheDevUsage
  /// What the cache did so far.
  public var performance: CacheDevPerformance
  /// What is in effect, whatever the table asks for.
  public var features: CacheFeatures
  /// How many sectors may be on the move between origin and cache at a time.
  public var migrationThreshold: Sectors?
  /// Further settings of the cache itself that a later kernel added.
  public var coreArguments: [CachePolicy.Argument]
  /// The policy in effect with its settings.
  public var policy: CachePolicy
  /// Whether the metadata can be changed.
  public var metadataMode: CacheDevMetadataMode?
  /// Whether the metadata must be checked with `cache_check` before it can be written again.
  public var needsCheck: Bool?
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    usage: CacheDevUsage, performance: CacheDevPerformance,
    features: CacheFeatures = CacheFeatures(mode: .writeback),
    migrationThreshold: Sectors? = CachePolicy.defaultMigrationThreshold,
    coreArguments: [CachePolicy.Argument] = [], policy: CachePolicy = CachePolicy(.smq),
    metadataMode: CacheDevMetadataMode? = .readWrite, needsCheck: Bool? = false,
    trailing: TargetText = TargetText()
  ) {
    self.usage = usage
    self.performance = performance
    self.features = features
    self.migrationThreshold = migrationThreshold
    self.coreArguments = coreArguments
    self.policy = policy
    self.metadataMode = metadataMode
    self.needsCheck = needsCheck
    self.trailing = trailing
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    // Into places of their own first: what fails half-way would be copied where it doesn't.
    let usage = try CacheDevUsage(fields: &fields)
    let performance = try CacheDevPerformance(fields: &fields)
    let features = try CacheFeatures(fields: &fields)
    var threshold: Sectors?
    var others: [CachePolicy.Argument] = []
    try fields.group("core argument count") { fields throws(ParseError) in
      if fields.skip("migration_threshold") {
        threshold = try fields.quantity("migration threshold") as Sectors
      } else {
        others.append(try CachePolicy.Argument(fields: &fields))
      }
    }
    let policy = try CachePolicy(fields: &fields)
    let mode: CacheDevMetadataMode? = fields.isAtEnd() ? nil : try fields.keyword("metadata mode")
    let needsCheck = fields.isAtEnd() ? nil : try fields.flag("needs check", "needs_check")
    self.init(
      usage: usage, performance: performance, features: features, migrationThreshold: threshold,
      coreArguments: others, policy: policy, metadataMode: mode, needsCheck: needsCheck,
      trailing: fields.remainder())
  }

  func write(to text: inout TextWriter) {
    usage.write(to: &text)
    performance.write(to: &text)
    features.write(to: &text)
    text.group { text in
      if let migrationThreshold {
        text.word("migration_threshold")
        text.quantity(migrationThreshold)
      }
      CachePolicy.write(coreArguments, to: &text)
    }
    policy.write(to: &text)
    guard let metadataMode else { return }
    text.keyword(metadataMode)
    guard let needsCheck else { return }
    text.word(needsCheck ? "needs_check" : "-")
    text.text(trailing)
  }
}

/// How full a cache and its metadata are.
public struct CacheDevUsage: Hashable, Sendable, Codable {
  /// The size of a block of metadata, 8 sectors in all kernels.
  public var metadataBlockSize: Sectors
  /// The use of the metadata device.
  public var metadata: Usage<MetaBlocks>
  /// The size of a block of the cache.
  public var cacheBlockSize: Sectors
  /// The blocks of the cache that hold a block of the origin.
  public var cache: Usage<DataBlocks>

  /// Creates a usage from its parts.
  public init(
    metadataBlockSize: Sectors = MetaBlocks.blockSize, metadata: Usage<MetaBlocks>,
    cacheBlockSize: Sectors, cache: Usage<DataBlocks>
  ) {
    self.metadataBlockSize = metadataBlockSize
    self.metadata = metadata
    self.cacheBlockSize = cacheBlockSize
    self.cache = cache
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    metadataBlockSize = try fields.quantity("metadata block size")
    metadata = try fields.usage("metadata blocks")
    cacheBlockSize = try fields.quantity("cache block size")
    cache = try fields.usage("cache blocks")
  }

  func write(to text: inout TextWriter) {
    text.quantity(metadataBlockSize)
    text.usage(metadata)
    text.quantity(cacheBlockSize)
    text.usage(cache)
  }
}

/// Whether the metadata of a cache can be changed.
public enum CacheDevMetadataMode: Keyword {
  /// It can.
  case readWrite
  /// It can't: the cache serves what it has and takes nothing in.
  case readOnly

  /// The word in a cache's status.
  public var keyword: StaticString {
    switch self {
    case .readWrite: "rw"
    case .readOnly: "ro"
    }
  }
}
