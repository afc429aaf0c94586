/// The versions of a `vdo` table line, the first of which has no word for it.
///
/// A kernel takes all of them and prints the line as it was given.
public enum VdoTableVersion: Keyword, Comparable {
  /// `DEVICE SIZE … CACHE ERA … THREADS`, without the number of blocks of the device.
  case v0
  /// `V1 DEVICE BLOCKS SIZE … CACHE ERA … THREADS`.
  case v1
  /// `V2 DEVICE BLOCKS SIZE CACHE ERA … [KEY VALUE]…`.
  case v2
  /// `V3 DEVICE BLOCKS SIZE CACHE ERA … [KEY VALUE]…`.
  case v3
  /// `V4 DEVICE BLOCKS SIZE CACHE ERA [KEY VALUE]…`, the version of today.
  case v4

  /// The word at the start of the line; version 0 has none there.
  public var keyword: StaticString {
    switch self {
    case .v0: "V0"
    case .v1: "V1"
    case .v2: "V2"
    case .v3: "V3"
    case .v4: "V4"
    }
  }

  /// How many words stand in the line that kernels read over: of the read cache, the layout on RAID
  /// 5, the write policy and the name of the pool, as far as the version has them.
  public var ignoredWordCount: Int {
    switch self {
    case .v0, .v1: 5
    case .v2: 3
    case .v3: 1
    case .v4: 0
    }
  }

  /// How many of the ignored words stand before the size of the cache.
  var leadingIgnoredWordCount: Int { self <= .v1 ? 2 : 0 }

  /// Whether options are one word, `cpu=1,bio=4` or `.`, and set numbers of threads only.
  var hasThreadWord: Bool { self <= .v1 }
}
