import DeviceMapperTargets

extension IntegrityStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    mismatches > 0 ? [Transition(.integrityMismatch)] : []
  }

  func changes(since previous: Self?, in context: EventContext) -> [Transition] {
    guard let previous else { return [] }
    var changes: [Transition] = []
    // The first is a condition that came to hold; each further one is news, too.
    if previous.mismatches > 0, mismatches > previous.mismatches {
      changes.append(Transition(.integrityMismatch))
    }
    if previous.isRecalculating, !isRecalculating {
      changes.append(Transition(.integrityRecalculated))
    }
    return changes
  }

  private var isRecalculating: Bool {
    if let sector = recalculation.value { sector < providedSectors } else { false }
  }
}
