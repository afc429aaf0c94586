import DeviceMapperTargets

extension ThinPoolStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    guard case .working(let status) = self else { return [Transition(.thinFailed)] }
    var conditions = restrictions(in: context)
    if let mark = status.metadataLowWaterMark, status.metadata.free <= mark {
      conditions.insert(Transition(.thinMetadataLow), at: 0)
    }
    if let mark = context.pool?.lowWaterMark, status.data.free <= mark {
      conditions.insert(Transition(.thinLowWater), at: 0)
    }
    return conditions
  }

  func changes(since previous: Self?, in context: EventContext) -> [Transition] {
    guard let previous, !previous.restrictions(in: context).isEmpty,
      restrictions(in: context).isEmpty
    else { return [] }
    return [Transition(.thinRecovered)]
  }

  /// What keeps the pool from working fully.
  private func restrictions(in context: EventContext) -> [Transition] {
    guard case .working(let status) = self else { return [Transition(.thinFailed)] }
    var restrictions: [Transition] = []
    switch status.mode {
    case .readWrite: break
    case .outOfDataSpace: restrictions.append(Transition(.thinOverflow))
    case .readOnly:
      // A pool that its table makes read only has nothing to report.
      if context.pool?.features.isReadOnly != true {
        restrictions.append(Transition(.thinReadOnly))
      }
    }
    if status.needsCheck == true { restrictions.append(Transition(.thinNeedsCheck)) }
    return restrictions
  }
}

extension ThinStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    health.level == .failed ? [Transition(.thinFailed)] : []
  }
}
