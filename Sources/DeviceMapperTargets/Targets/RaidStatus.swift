/// The status of `raid`.
///
/// Text: `TYPE COUNT LETTERS DONE/TOTAL [ACTION MISMATCHES [OFFSET [JOURNAL]]]`, a letter a device.
/// Older targets end the line earlier; what they don't say is `nil`.
/// Kernel document: `admin-guide/device-mapper/dm-raid.rst`.
public struct RaidStatus: TargetStatus {
  /// The type of target.
  public static var targetType: TargetType { .raid }

  /// The level and layout that the array has, which may differ from the table's after a takeover.
  public var type: RaidType
  /// The number of devices; while devices are added or removed, there are more letters or fewer.
  public var deviceCount: UInt32
  /// How each device is doing.
  public var devices: [RaidDeviceState]
  /// How far ``action`` is on each device, or how much of it is in sync.
  public var progress: Usage<Sectors>
  /// What the array is doing (target 1.5).
  public var action: RaidAction?
  /// How many sectors differed in the last check (target 1.5), 0 if that wasn't the last action.
  public var mismatches: UInt64?
  /// Where the data begins on the first device (target 1.9).
  public var dataOffset: Sectors?
  /// How the journal is doing (target 1.10).
  public var journal: RaidJournalState?
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    type: RaidType, devices: [RaidDeviceState], deviceCount: UInt32? = nil,
    progress: Usage<Sectors>, action: RaidAction? = .idle, mismatches: UInt64? = 0,
    dataOffset: Sectors? = 0, journal: RaidJournalState? = RaidJournalState.none,
    trailing: TargetText = TargetText()
  ) {
    self.type = type
    self.devices = devices
    self.deviceCount = deviceCount ?? UInt32(clamping: devices.count)
    self.progress = progress
    self.action = action
    self.mismatches = mismatches
    self.dataOffset = dataOffset
    self.journal = journal
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let type: RaidType = try fields.keyword("raid type")
    let count: UInt32 = try fields.number("number of devices")
    let devices = try RaidDeviceState.letters(&fields)
    let progress: Usage<Sectors> = try fields.usage("progress")
    let action: RaidAction? = fields.isAtEnd() ? nil : try fields.keyword("action")
    let mismatches: UInt64? = action == nil ? nil : try fields.number("mismatches")
    let offset: Sectors? = fields.isAtEnd() ? nil : try fields.quantity("data offset")
    let journal: RaidJournalState? = fields.isAtEnd() ? nil : try fields.letter("journal state")
    self.init(
      type: type, devices: devices, deviceCount: count, progress: progress, action: action,
      mismatches: mismatches, dataOffset: offset, journal: journal, trailing: fields.remainder())
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.keyword(type)
    text.number(deviceCount)
    text.text(TargetText(sharing: devices.map(\.letter)[...]))
    text.usage(progress)
    guard let action, let mismatches else { return }
    text.keyword(action)
    text.number(mismatches)
    guard let dataOffset else { return }
    text.quantity(dataOffset)
    guard let journal else { return }
    text.word(journal.letter)
    text.text(trailing)
  }
}

extension RaidStatus {
  /// Whether all of the array is in sync and every device is there.
  public var isInSync: Bool {
    progress.used == progress.total && devices.allSatisfy { $0 == .inSync }
  }

  /// Failed when more devices are lost than the level can do without; degraded when one is lost or
  /// not in sync, the journal is lost, or a check found differences.
  ///
  /// RAID 10 is failed only when all devices are lost: a status doesn't tell which hold the same
  /// data.
  public var health: Health {
    var health = Health.healthy
    let lost = devices.count { $0 == .failed || $0 == .missing }
    let isFailed =
      switch type.level {
      case .raid0: lost > 0
      case .raid1, .raid10: lost == devices.count
      case .raid4, .raid5, .raid6: lost > type.level.parityDevices
      }
    for (index, device) in devices.enumerated() {
      switch device {
      case .inSync: break
      case .outOfSync: health.add(.degraded, "device \(index) not in sync")
      case .failed: health.add(isFailed ? .failed : .degraded, "device \(index) failed")
      case .missing: health.add(isFailed ? .failed : .degraded, "device \(index) missing")
      }
    }
    if journal == .failed { health.add(.degraded, "journal failed") }
    if let mismatches, mismatches > 0 { health.add(.degraded, "\(mismatches) mismatches found") }
    if let action, action.isWork {
      health.progress = Progress("\(action)", fraction: progress.fraction)
    } else if action == nil, progress.used < progress.total {
      health.progress = Progress("resync", fraction: progress.fraction)
    }
    return health
  }
}
