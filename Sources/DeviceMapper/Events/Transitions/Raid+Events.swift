import DeviceMapperTargets

extension RaidStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    var conditions: [Transition] = []
    for (index, device) in devices.enumerated() where device == .failed || device == .missing {
      conditions.append(Transition(.raidDegraded, part: "\(index)"))
    }
    if health.level == .failed { conditions.append(Transition(.raidFailed)) }
    if journal == .failed { conditions.append(Transition(.raidJournalFailed)) }
    if let mismatches, mismatches > 0 { conditions.append(Transition(.raidMismatches)) }
    return conditions
  }

  func changes(since previous: Self?, in context: EventContext) -> [Transition] {
    var changes: [Transition] = []
    // One that goes on after an interruption has not begun again.
    if let kind = started, kind != previous?.started,
      kind != .raidReshapeStarted || !context.isReshaping
    {
      changes.append(Transition(kind))
    }
    guard let previous, started == nil else { return changes }
    if context.isReshaping {
      if isInSync { changes.append(Transition(.raidReshapeCompleted)) }
      return changes
    }
    switch previous.action {
    case .check, .repair: changes.append(Transition(.raidCheckCompleted))
    // One that was too fast to be seen under way; only a check counts mismatches.
    default:
      if let mismatches, mismatches > 0, mismatches != previous.mismatches {
        changes.append(Transition(.raidCheckCompleted))
      }
    }
    if isWhole, previous.isOutOfSync {
      changes.append(Transition(.raidRecoveryCompleted))
    }
    return changes
  }

  /// An array that is suspended is frozen, and doesn't tell how far it is.
  var isTelling: Bool { action != .frozen }

  /// The event of the beginning of what is under way.
  private var started: DmEvent.Kind? {
    let kind = action?.started
    // A kernel that only considers what to do about a lost device says `recover`, too.
    return kind == .raidRecoveryStarted && !devices.contains(.outOfSync) ? nil : kind
  }

  /// Whether devices have to be brought in sync; of a recovery that was too fast to be seen under
  /// way, this is what tells.
  private var isOutOfSync: Bool {
    switch started {
    case .raidRecoveryStarted?: true
    // The progress is that of the action and not of being in sync.
    case .some: devices.contains { $0 != .inSync }
    case nil: !isWhole
    }
  }

  /// Whether every device is in sync, and nothing is left to do.
  ///
  /// The kernel raises the last event of a recovery while it considers whether there is more to do. As
  /// long as it does, it says `recover` without progress, and it raises no event when it is through.
  private var isWhole: Bool {
    isInSync || (action == .recover && devices.allSatisfy { $0 == .inSync })
  }
}

extension RaidAction {
  /// The event of its beginning, which also tells which actions are alike.
  fileprivate var started: DmEvent.Kind? {
    switch self {
    case .resync, .recover: .raidRecoveryStarted
    case .check, .repair: .raidCheckStarted
    case .reshape: .raidReshapeStarted
    case .idle, .frozen, .initialize, .undefined: nil
    }
  }
}
