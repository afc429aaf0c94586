/// Why the monitoring of a file is over.
public enum FilemapEnd: Hashable, Sendable {
  /// The group has been deleted or dissolved.
  case groupRemoved
  /// The file, which was followed by inode, has no name and no other holder.
  case unlinked
  /// There has been no file at the path for longer than a replacement takes.
  case pathMissing
  /// The file has had no extents for a while; its regions are deleted.
  case noExtents
  /// The task was cancelled.
  case cancelled
}
