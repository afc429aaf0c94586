/// Which events a sequence delivers, and what it does beside waiting for the kernel.
public struct EventOptions: Sendable {
  /// The families of events.
  public var families: Set<DmEvent.Family>
  /// Whether what is true at the beginning is delivered as events, too: each device as one that
  /// appeared, each condition as one that came to hold.
  public var reportsInitialState: Bool
  /// How often targets are asked of which the kernel raises no event, or not each: `verity`,
  /// `integrity`, `writecache`, `dust`, `log-writes`, `vdo`, `snapshot` and `snapshot-merge`.
  ///
  /// `nil`, the default, is never: then the sequence costs nothing while nothing happens.
  public var pollInterval: Duration?
  /// Which devices are watched; asked when a device appears and when its name or uuid changes.
  public var isIncluded: (@Sendable (ListedDevice) -> Bool)?
  /// Is told of each command that is sent to the kernel; called on a thread of the sequence's own.
  public var trace: (@Sendable (EventTrace) -> Void)?

  /// Creates options.
  public init(
    families: Set<DmEvent.Family> = DmEvent.Family.all, reportsInitialState: Bool = false,
    pollInterval: Duration? = nil, isIncluded: (@Sendable (ListedDevice) -> Bool)? = nil,
    trace: (@Sendable (EventTrace) -> Void)? = nil
  ) {
    self.families = families
    self.reportsInitialState = reportsInitialState
    self.pollInterval = pollInterval
    self.isIncluded = isIncluded
    self.trace = trace
  }
}
