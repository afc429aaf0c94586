/// The figures of a clone that works.
///
/// Text: `META_BLOCK META/META REGION HYDRATED/REGIONS HYDRATING COUNT FEATURE… COUNT KEY VALUE…
/// MODE`.
public struct CloneWorkingStatus: Hashable, Sendable, Codable {
  /// What a clone can do at present.
  public enum Mode: Keyword {
    /// Everything.
    case readWrite
    /// The metadata can't be changed any more: nothing more is copied.
    case readOnly
    /// Nothing; the clone failed while it reported.
    case fail

    /// The word in a status.
    public var keyword: StaticString {
      switch self {
      case .readWrite: "rw"
      case .readOnly: "ro"
      case .fail: "Fail"
      }
    }
  }

  /// The size of a block of the metadata; 8 in all kernels so far.
  public var metadataBlockSize: Sectors
  /// The use of the metadata device.
  public var metadata: Usage<MetaBlocks>
  /// The size of a region, the unit of copying.
  public var regionSize: Sectors
  /// The regions that are copied, or written to, and all.
  public var hydrated: Usage<Regions>
  /// The number of regions that are being copied.
  public var hydrating: Regions
  /// How the clone works, messages included; what it can't do is not in it, whatever the table
  /// asks for.
  public var options: CloneOptions
  /// What the clone can do at present.
  public var mode: Mode
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    metadataBlockSize: Sectors = 8, metadata: Usage<MetaBlocks>, regionSize: Sectors,
    hydrated: Usage<Regions>, hydrating: Regions, options: CloneOptions,
    mode: Mode = .readWrite, trailing: TargetText = TargetText()
  ) {
    self.metadataBlockSize = metadataBlockSize
    self.metadata = metadata
    self.regionSize = regionSize
    self.hydrated = hydrated
    self.hydrating = hydrating
    self.options = options
    self.mode = mode
    self.trailing = trailing
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    metadataBlockSize = try fields.quantity("metadata block size")
    metadata = try fields.usage("metadata blocks")
    regionSize = try fields.quantity("region size")
    hydrated = try fields.usage("hydrated regions")
    hydrating = try fields.quantity("regions being hydrated")
    options = CloneOptions()
    try options.readFeatures(&fields)
    try options.readCoreArguments(&fields)
    mode = try fields.keyword("mode")
    trailing = fields.remainder()
  }

  func write(to text: inout TextWriter) {
    text.quantity(metadataBlockSize)
    text.usage(metadata)
    text.quantity(regionSize)
    text.usage(hydrated)
    text.quantity(hydrating)
    options.writeFeatures(to: &text)
    options.writeCoreArguments(to: &text)
    text.keyword(mode)
    text.text(trailing)
  }

  /// Whether every region is copied, so that the destination can take the clone's place.
  public var isComplete: Bool { hydrated.used >= hydrated.total && hydrating == 0 }
}
