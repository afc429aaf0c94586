import DeviceMapperTargets

extension StripedStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    stripes.indices.filter { stripes[$0].state == .dead }.map {
      Transition(.stripedDegraded, part: "\($0)")
    }
  }
}

extension VerityStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    state == .corrupted ? [Transition(.verityCorrupted)] : []
  }

  func changes(since previous: Self?, in context: EventContext) -> [Transition] {
    guard let count = correction.value, let before = previous?.correction.value, count > before
    else { return [] }
    return [Transition(.verityCorrected)]
  }
}

extension DustStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    mode == .failReads ? [Transition(.dustEnabled)] : []
  }

  func changes(since previous: Self?, in context: EventContext) -> [Transition] {
    previous?.mode == .failReads && mode == .bypass ? [Transition(.dustDisabled)] : []
  }
}

extension LogWritesStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    isLogging ? [] : [Transition(.logWritesStopped)]
  }
}

extension VdoStatus: EventSource {
  func conditions(in context: EventContext) -> [Transition] {
    var conditions: [Transition] = []
    if mode == .readOnly { conditions.append(Transition(.vdoReadOnly)) }
    if physical.free == 0 { conditions.append(Transition(.vdoOverflow)) }
    return conditions
  }
}
