import DeviceMapper
import DeviceMapperTargets

extension EventScene {
  private static let shaky = "flakey {m} 0 0 60 1 error_writes"

  private static let cacheParts: [Step] = [
    .part("m", 8192), .device("meta", 8192, "linear {m} 0"), .part("fast", 16384),
    .part("d", 32768),
  ]
  private static let cache = "cache {meta} {fast} {d} 128 1 writeback"

  private static let cloneParts: [Step] = [
    .part("m", 8192), .device("meta", 8192, "linear {m} 0"), .part("to", 2048),
    .part("from", 2048),
  ]
  private static let clone = "clone {meta} {to} {from} 8 1 no_hydration"

  private static func snapshot(_ store: String) -> [Step] {
    [
      .part("d", 8192), .part("cow", 256),
      .device("snapshot", 8192, "snapshot {d} {cow} \(store) 8"),
    ]
  }

  /// A snapshot with something to merge, over an origin that takes its time.
  /// - Parameter delay: The time that each write takes, in milliseconds.
  private static func merging(delay: Int) -> [Step] {
    [
      .part("d", 8192), .part("cow", 16384), .device("snapshot", 8192, "snapshot {d} {cow} P 8"),
      .write("snapshot", 0..<32), .remove("snapshot"),
      .device("slow", 8192, "delay {d} 0 \(delay)"),
    ]
  }

  /// What happens to snapshots, caches and clones.
  static let copies = [
    EventScene(
      "a snapshot runs full", .snapshot, setting: snapshot("P"),
      Act(.write("snapshot", 0..<4), tells: .snapshotInvalid)),
    EventScene(
      "a snapshot that can do with less runs full", .snapshot, pollInterval: .milliseconds(20),
      setting: snapshot("PO"),
      Act(.write("snapshot", 0..<4), tells: .snapshotOverflow)),
    EventScene(
      "a snapshot flows back", .snapshot, pollInterval: .milliseconds(20),
      setting: merging(delay: 100),
      Act(
        .device("merge", 8192, "snapshot-merge {slow} {cow} P 8"), tells: .snapshotMergeCompleted)),
    EventScene(
      "a snapshot can't flow back", .snapshot, pollInterval: .milliseconds(20),
      // It must not be through when it is to fail.
      setting: merging(delay: 1000),
      Act(.device("merge", 8192, "snapshot-merge {slow} {cow} P 8")),
      Act(.shatter("cow"), tells: .snapshotMergeFailed)),
    EventScene(
      "a cache becomes clean", .cache,
      setting: cacheParts + [
        .device("cache", 32768, "\(cache) smq 0"), .write("cache", 0..<4, times: 200),
      ],
      Act(.table("cache", 32768, "\(cache) cleaner 0"), tells: .cacheClean)),
    EventScene(
      "a cache can't write its metadata, and is helped", .cache,
      setting: cacheParts + [
        .device("cache", 32768, "cache {meta} {fast} {d} 128 1 writethrough smq 0")
      ],
      Act(
        .table("meta", 8192, shaky), .write("cache", 0..<4, times: 200), .flush("cache"),
        tells: .cacheReadOnly, .cacheNeedsCheck),
      Act(
        .part("other", 8192),
        .table("cache", 32768, "cache {other} {fast} {d} 128 1 writethrough smq 0"),
        tells: .cacheRecovered)),
    EventScene(
      "a cache loses its metadata", .cache,
      setting: cacheParts + [.device("cache", 32768, "\(cache) smq 0")],
      Act(
        .shatter("meta"), .write("cache", 0..<4, times: 200), .flush("cache"),
        tells: .cacheFailed)),
    EventScene(
      "a clone is completed", .clone, setting: cloneParts,
      Act(
        .device("clone", 2048, clone), .message("clone", "enable_hydration"),
        tells: .cloneCompleted)),
    EventScene(
      "a clone can't write its metadata", .clone,
      setting: cloneParts + [.device("clone", 2048, clone)],
      Act(
        .table("meta", 8192, shaky), .write("clone", 0..<1), .flush("clone"),
        tells: .cloneReadOnly)),
    EventScene(
      "a clone loses its metadata", .clone,
      setting: cloneParts + [.device("clone", 2048, clone)],
      Act(.shatter("meta"), .write("clone", 0..<1), .flush("clone"), tells: .cloneFailed)),
  ]
}
