import DeviceMapperTargets

extension CacheDevStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    guard case .working(let status) = self else { return [Transition(.cacheFailed)] }
    var conditions: [Transition] = []
    if status.metadataMode == .readOnly { conditions.append(Transition(.cacheReadOnly)) }
    if status.needsCheck == true { conditions.append(Transition(.cacheNeedsCheck)) }
    return conditions
  }

  func changes(since previous: Self?, in context: EventContext) -> [Transition] {
    guard let previous, case .working(let status) = self else { return [] }
    var changes: [Transition] = []
    if conditions(in: context).isEmpty, !previous.conditions(in: context).isEmpty {
      changes.append(Transition(.cacheRecovered))
    }
    if case .working(let before) = previous, before.performance.dirty > 0,
      status.performance.dirty == 0
    {
      changes.append(Transition(.cacheClean))
    }
    return changes
  }
}

extension WritecacheStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    hasError ? [Transition(.writecacheFailed)] : []
  }
}
