import DeviceMapperTargets

extension SnapshotStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    switch self {
    case .active, .unknown: []
    case .invalid: [Transition(.snapshotInvalid)]
    case .overflow: [Transition(.snapshotOverflow)]
    case .mergeFailed: [Transition(.snapshotMergeFailed)]
    }
  }
}

extension SnapshotMergeStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] { snapshot.conditions(in: context) }

  func changes(since previous: Self?, in context: EventContext) -> [Transition] {
    guard let previous, isComplete, !previous.isComplete else { return [] }
    return [Transition(.snapshotMergeCompleted)]
  }
}
