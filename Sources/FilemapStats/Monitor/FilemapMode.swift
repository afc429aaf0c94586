/// What a monitor follows: the file as it is, or whatever is at its path.
public enum FilemapMode: String, Hashable, Sendable, Codable, CaseIterable {
  /// The file, wherever it is moved to, until it is unlinked and nobody else has it open.
  case inode
  /// The file at the path, for files that are updated by putting another in their place.
  case path
}

extension FilemapMode: LosslessStringConvertible {
  /// Reads `inode` or `path`, as `dm_filemapd_mode_from_string` does.
  public init?(_ description: String) { self.init(rawValue: description) }

  /// The word, `inode` or `path`.
  public var description: String { rawValue }
}
