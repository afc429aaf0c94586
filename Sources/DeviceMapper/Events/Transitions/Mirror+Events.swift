import DeviceMapperTargets

extension MirrorStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    var conditions: [Transition] = []
    for (index, leg) in legs.enumerated() where leg.state.isFatal {
      conditions.append(Transition(.mirrorDegraded, part: "\(index)"))
    }
    if log.isUnreachable || legs.allSatisfy({ $0.state.isFatal }) {
      conditions.append(Transition(.mirrorFailed))
    }
    if let state = log.state, state != .alive { conditions.append(Transition(.mirrorLogFailed)) }
    return conditions
  }

  func changes(since previous: Self?, in context: EventContext) -> [Transition] {
    guard isInSync else { return [] }
    // A small mirror is in sync before anybody has looked; that it raises an event then tells.
    let isNews = context.isFirst || previous?.isInSync == false
    return isNews ? [Transition(.mirrorResyncCompleted)] : []
  }
}

extension MirrorLegState {
  /// Whether the leg isn't used any more; after a failed read or synchronisation it still is.
  fileprivate var isFatal: Bool {
    switch self {
    case .alive, .syncError, .readError: false
    case .writeError, .flushError, .unknownError: true
    }
  }
}
