/// The status of `integrity`.
///
/// Text: `MISMATCHES PROVIDED RECALCULATED|-`.
/// Kernel document: `admin-guide/device-mapper/dm-integrity.rst`.
public struct IntegrityStatus: TargetStatus {
  /// The type of target.
  public static var targetType: TargetType { .integrity }

  /// How often a sector wasn't what its tag says, since the table was loaded.
  public var mismatches: UInt64
  /// The length that a table for this device can have.
  public var providedSectors: Sectors
  /// Up to which sector tags were made anew, which stays when it is done; reported from target 1.2 on.
  public var recalculation: FeatureReport<Sectors>
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    mismatches: UInt64 = 0, providedSectors: Sectors, recalculation: FeatureReport<Sectors> = .off,
    trailing: TargetText = TargetText()
  ) {
    self.mismatches = mismatches
    self.providedSectors = providedSectors
    self.recalculation = recalculation
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    mismatches = try fields.number("mismatches")
    providedSectors = try fields.quantity("provided sectors")
    recalculation = try FeatureReport(fields: &fields) { fields throws(ParseError) in
      try fields.quantity("recalculated sectors")
    }
    trailing = fields.remainder()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.number(mismatches)
    text.quantity(providedSectors)
    switch recalculation {
    case .unreported: return
    case .off: text.word("-")
    case .on(let sector): text.quantity(sector)
    }
    text.text(trailing)
  }

  /// Degraded when a sector wasn't what its tag says: reading it fails, and a RAID above mends it.
  public var health: Health {
    var health = Health.healthy
    if mismatches > 0 { health.add(.degraded, "\(mismatches) checksum mismatches") }
    if let sector = recalculation.value, sector < providedSectors {
      let fraction = Usage(used: sector, total: providedSectors).fraction
      health.progress = Progress("recalculate", fraction: fraction)
    }
    return health
  }
}
