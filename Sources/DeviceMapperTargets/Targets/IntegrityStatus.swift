/// The status of `integrity`.
///
/// Text: `MISMATCHES PROVIDED RECALCULATED|-`.
/// Kernel document: `admin-guide/device-mapper/dm-integrity.rst`.
public struct IntegrityStatus: TargetStatus {
  /// What a status says of tags that are made anew.
  public enum Recalculation: Hashable, Sendable {
    /// Nothing: the target is older than 1.2.
    case unreported
    /// None are.
    case off
    /// They are, and so far up to this sector; that stays when it is done.
    case reached(Sectors)
  }

  /// The type of target.
  public static var targetType: TargetType { .integrity }

  /// How often a sector wasn't what its tag says, since the table was loaded.
  public var mismatches: UInt64
  /// The length that a table for this device can have.
  public var providedSectors: Sectors
  /// How far tags are made anew.
  public var recalculation: Recalculation
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    mismatches: UInt64 = 0, providedSectors: Sectors, recalculation: Recalculation = .off,
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
    if fields.isAtEnd() {
      recalculation = .unreported
    } else if fields.skip("-") {
      recalculation = .off
    } else {
      recalculation = .reached(try fields.quantity("recalculated sectors"))
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
    case .reached(let sector): text.quantity(sector)
    }
    text.text(trailing)
  }

  /// Degraded when a sector wasn't what its tag says: reading it fails, and a RAID above mends it.
  public var health: Health {
    var health = Health.healthy
    if mismatches > 0 { health.add(.degraded, "\(mismatches) checksum mismatches") }
    if case .reached(let sector) = recalculation, sector < providedSectors {
      let fraction = Usage(used: sector, total: providedSectors).fraction
      health.progress = Progress("recalculate", fraction: fraction)
    }
    return health
  }
}

/// In JSON a number of sectors, `"off"`, or `null` where the status doesn't say.
extension IntegrityStatus.Recalculation: Codable {
  /// Decodes a number, `"off"` or `null`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .unreported
    } else if let sector = try? container.decode(Sectors.self) {
      self = .reached(sector)
    } else if try container.decode(String.self) == "off" {
      self = .off
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "neither a number nor off nor null")
    }
  }

  /// Encodes a number, `"off"` or `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .unreported: try container.encodeNil()
    case .off: try container.encode("off")
    case .reached(let sector): try container.encode(sector)
    }
  }
}
