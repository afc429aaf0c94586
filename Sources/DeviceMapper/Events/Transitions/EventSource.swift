import DeviceMapperTargets

/// A status from which events are derived.
///
/// Most events say that a condition holds now that didn't before; so a status names the conditions,
/// and what else two of them tell. Which is also how the question what is true now is answered.
protocol EventSource: TargetStatus {
  /// What needs attention, each for the part of the target that it is true of.
  func conditions(in context: EventContext) -> [Transition]

  /// Whether it tells what is going on, and not only what needs attention.
  var isTelling: Bool { get }

  /// What happened since `previous` beside that conditions came to hold.
  ///
  /// - Parameter previous: The last status that tells what is going on; `nil` if there was none.
  func changes(since previous: Self?, in context: EventContext) -> [Transition]
}

extension EventSource {
  var isTelling: Bool { true }

  func changes(since previous: Self?, in context: EventContext) -> [Transition] { [] }
}

/// A kind of event, and the part of a target that it is about.
struct Transition: Hashable {
  var kind: DmEvent.Kind
  /// The part, or `nil` for the whole target.
  var part: String?

  init(_ kind: DmEvent.Kind, part: String? = nil) {
    self.kind = kind
    self.part = part
  }
}

/// What a status is judged by beside itself.
struct EventContext {
  /// Whether the kernel has raised an event since the last look.
  var isRaised = false
  /// Whether that is the first one since the target is watched, and nothing was told of it before.
  var isFirst = false
  /// The table's line of a pool.
  var pool: ThinPoolTargetParams?
  /// Whether an array was changing its layout at some look before, and was not in sync since.
  var isReshaping = false
}

/// A target of a device as it was seen.
struct TargetState: Hashable, Sendable {
  var start: Sectors
  var status: AnyStatus
  /// The last status that tells what is going on.
  var telling: AnyStatus?
  /// The table's line of a pool, which has the low water mark.
  var pool: ThinPoolTargetParams?
  /// Whether nothing was told of the target yet, and no event was raised.
  var isUntold = true
  /// Whether an array is changing its layout, which may be interrupted and goes on later.
  var isReshaping: Bool

  init(start: Sectors = 0, _ status: AnyStatus, pool: ThinPoolTargetParams? = nil) {
    self.start = start
    self.status = status
    if (status.content as? any EventSource)?.isTelling ?? true { telling = status }
    self.pool = pool
    isReshaping = (status.content as? RaidStatus)?.action == .reshape
  }
}

extension TargetState {
  /// What needs attention now.
  var conditions: [DmEvent.Kind] {
    guard let source = status.content as? any EventSource else { return [] }
    var kinds: [DmEvent.Kind] = []
    for condition in source.conditions(in: EventContext(pool: pool))
    where !kinds.contains(condition.kind) {
      kinds.append(condition.kind)
    }
    return kinds
  }

  /// What happened since `previous`: at most one event a kind, with the parts that it is about.
  ///
  /// - Parameter isRaised: Whether the kernel has raised an event.
  mutating func transitions(
    since previous: TargetState?, isRaised: Bool
  ) -> [(kind: DmEvent.Kind, parts: [String])] {
    let found: [Transition]
    if let source = status.content as? any EventSource {
      let isFirst = isRaised && previous?.isUntold ?? true
      found = source.transitions(
        since: previous,
        in: EventContext(
          isRaised: isRaised, isFirst: isFirst, pool: pool,
          isReshaping: previous?.isReshaping ?? false))
    } else if case .other = status, isRaised {
      found = [Transition(.targetEvent)]
    } else {
      found = []
    }
    telling = telling ?? previous?.telling
    isUntold = previous?.isUntold ?? true && !isRaised && found.isEmpty
    isReshaping =
      isReshaping
      || previous?.isReshaping ?? false && !found.contains(Transition(.raidReshapeCompleted))
    var events: [(kind: DmEvent.Kind, parts: [String])] = []
    for transition in found {
      let part = transition.part.map { [$0] } ?? []
      if let index = events.firstIndex(where: { $0.kind == transition.kind }) {
        events[index].parts += part
      } else {
        events.append((transition.kind, part))
      }
    }
    return events
  }
}

extension EventSource {
  fileprivate func transitions(
    since state: TargetState?, in context: EventContext
  ) -> [Transition] {
    let old =
      (state?.status.content as? Self)?.conditions(in: EventContext(pool: state?.pool)) ?? []
    let new = conditions(in: context).filter { !old.contains($0) }
    var context = context
    // The kernel's first event may be about these.
    if !new.isEmpty { context.isFirst = false }
    guard isTelling else { return new }
    return new + changes(since: state?.telling?.content as? Self, in: context)
  }
}
