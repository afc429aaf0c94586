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
    if let kind = action?.started, kind != previous?.action?.started {
      changes.append(Transition(kind))
    }
    guard let previous, action?.started == nil else { return changes }
    switch previous.action {
    case .check, .repair: changes.append(Transition(.raidCheckCompleted))
    case .reshape: changes.append(Transition(.raidReshapeCompleted))
    default: break
    }
    if isInSync, previous.isOutOfSync {
      changes.append(Transition(.raidRecoveryCompleted))
    }
    return changes
  }

  /// Whether devices have to be brought in sync; of a recovery that was too fast to be seen under
  /// way, this is what tells.
  private var isOutOfSync: Bool {
    switch action?.started {
    case .raidRecoveryStarted?: true
    // The progress is that of the action and not of being in sync.
    case .some: devices.contains { $0 != .inSync }
    case nil: !isInSync
    }
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
