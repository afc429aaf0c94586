import DeviceMapperTargets

extension MultipathStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    var conditions: [Transition] = []
    for path in paths where path.state == .failed {
      conditions.append(Transition(.multipathPathFailed, part: "\(path.device)"))
    }
    if !paths.contains(where: { $0.state == .active }) {
      conditions.append(Transition(.multipathFailed))
    }
    return conditions
  }

  func changes(since previous: Self?, in context: EventContext) -> [Transition] {
    guard let previous else { return [] }
    var changes: [Transition] = []
    let failed = Set(previous.paths.filter { $0.state == .failed }.map(\.device))
    for path in paths where path.state == .active && failed.contains(path.device) {
      changes.append(Transition(.multipathPathReinstated, part: "\(path.device)"))
    }
    // Before the first request there is no active group, and after it there is.
    if let group = activeGroup, let before = previous.activeGroup, group != before {
      changes.append(Transition(.multipathGroupSwitched, part: "\(group)"))
    }
    return changes
  }

  /// The number of the group in use, from 1 on.
  private var activeGroup: Int? {
    groups.firstIndex { $0.state == .active }.map { $0 + 1 }
  }
}
