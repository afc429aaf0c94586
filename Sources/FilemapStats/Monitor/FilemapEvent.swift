public import SystemPackage

/// What a monitor did or noticed.
public enum FilemapEvent: Hashable, Sendable {
  /// The group was found.
  case found(GroupId, alias: GroupAlias?)
  /// The monitor looked at the file.
  case looked(Look)
  /// The group's regions were compared with the file, and changed where the result says so.
  case updated(FilemapUpdate)
  /// There is no file at the path; another may come.
  case waitingForPath
  /// Another file is at the path and is followed from now on.
  case replaced
  /// The file has no name any more, and somebody else has it open.
  case unlinkedAndOpen
  /// The kernel announces no changes of the file, for want of resources; it is looked at regularly.
  case notWatched(Errno)
  /// The monitoring is over.
  case ended(FilemapEnd)
  /// The monitoring failed.
  case failed(StatsError)

  /// What a look at the file showed.
  public struct Look: Hashable, Sendable {
    /// Whether the file has no name, or there is none at the path.
    public var isGone: Bool
    /// Whether the extents are going to be compared.
    public var mayHaveChanged: Bool
  }
}
