import DeviceMapperTargets

extension CloneStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    guard case .working(let status) = self else { return [Transition(.cloneFailed)] }
    switch status.mode {
    case .readWrite: return []
    case .readOnly: return [Transition(.cloneReadOnly)]
    case .fail: return [Transition(.cloneFailed)]
    }
  }

  func changes(since previous: Self?, in context: EventContext) -> [Transition] {
    guard isComplete else { return [] }
    // A small clone is complete before anybody has looked; that it raises an event then tells.
    let isNews = context.isFirst || previous?.isComplete == false
    return isNews ? [Transition(.cloneCompleted)] : []
  }

  private var isComplete: Bool {
    if case .working(let status) = self { status.isComplete } else { false }
  }
}
