/// A message to a cache.
///
/// A cache whose metadata is read only or that has failed refuses all of them with `EOPNOTSUPP`.
/// What a message sets shows in the status and not in the table: a reload takes it back.
public enum CacheMessage: TargetMessage {
  /// Let at most so many sectors be on the move at a time.
  case setMigrationThreshold(Sectors)
  /// Change a setting of the policy; `EINVAL` if it has none of that name.
  case set(CachePolicy.Argument)
  /// Take blocks of the cache out of it, in passthrough mode only (`EPERM` in others); `EINVAL` for
  /// a range that is empty or goes beyond the cache.
  case invalidate([Range<DataBlocks>])

  /// Appends the words of the message.
  public func write(to text: inout TextWriter) {
    switch self {
    case .setMigrationThreshold(let threshold):
      text.word("migration_threshold")
      text.quantity(threshold)
    case .set(let argument): CachePolicy.write([argument], to: &text)
    case .invalidate(let ranges):
      text.word("invalidate_cblocks")
      for range in ranges {
        let (first, end) = (range.lowerBound.rawValue, range.upperBound.rawValue)
        text.text(end - first == 1 ? "\(first)" : "\(first)-\(end)")
      }
    }
  }
}
