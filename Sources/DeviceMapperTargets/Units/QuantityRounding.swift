/// What to do with a size that isn't a whole number of the units asked for.
public enum QuantityRounding: Hashable, Sendable, CaseIterable {
  /// Refuse it.
  case exact
  /// Take the whole units that fit into it.
  case down
  /// Take the whole units that hold it.
  case up
}
