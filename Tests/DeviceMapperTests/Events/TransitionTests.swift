@testable import DeviceMapper
import DeviceMapperTargets
import Testing

/// Two statuses of a target, and the events that lie between them.
struct TransitionCase: CustomTestStringConvertible {
  var type: TargetType
  /// The status before; `nil` at the first look.
  var from: String?
  var to: String
  var events: [DmEvent.Kind]
  var parts: [String]
  var isRaised: Bool
  /// Whether nothing was told of the target so far, and no event raised.
  var isUntold: Bool
  var pool: String?

  init(
    _ type: TargetType, _ from: String?, _ to: String, _ events: [DmEvent.Kind],
    parts: [String] = [], raised isRaised: Bool = true, untold isUntold: Bool = false,
    pool: String? = nil
  ) {
    (self.type, self.from, self.to) = (type, from, to)
    (self.events, self.parts, self.pool) = (events, parts, pool)
    (self.isRaised, self.isUntold) = (isRaised, isUntold)
  }

  var testDescription: String { "\(type): \(from ?? "nothing") → \(to)" }

  private func state(_ text: String) throws -> TargetState {
    TargetState(
      try AnyStatus(type: type, text: TargetText(text).bytes),
      pool: try pool.map { try ThinPoolTargetParams(parsing: $0) })
  }

  /// The events that are derived.
  func derived() throws -> [(kind: DmEvent.Kind, parts: [String])] {
    var (old, new) = (try from.map { try state($0) }, try state(to))
    old?.isUntold = isUntold
    return new.transitions(since: old, isRaised: isRaised)
  }

  /// What the later status says needs attention.
  func conditions() throws -> [DmEvent.Kind] { try state(to).conditions }
}

struct TransitionTests {
  @Test(arguments: [
    // A mark of 64 of 256 blocks.
    thin("0 112/1024 100/256 - rw", "0 112/1024 192/256 - rw", [.thinLowWater]),
    thin("0 112/1024 100/256 - rw", "0 112/1024 191/256 - rw", []),
    thin("0 112/1024 192/256 - rw", "0 112/1024 200/256 - rw", []),
    thin(nil, "0 112/1024 200/256 - rw", [.thinLowWater]),
    thin(nil, "0 112/1024 10/256 - rw", []),
    thin(
      "0 112/1024 200/256 - rw", "0 112/1024 256/256 - out_of_data_space",
      [.thinOverflow]),
    thin(
      "0 112/1024 100/256 - rw", "0 112/1024 256/256 - out_of_data_space",
      [.thinLowWater, .thinOverflow]),
    thin("0 112/1024 256/256 - out_of_data_space", "0 112/1024 256/512 - rw", [.thinRecovered]),
    thin("0 112/1024 256/256 - rw", "0 112/1024 256/512 - rw", []),
    thin(
      "0 112/1024 1/256 - rw discard_passdown queue_if_no_space - 256",
      "0 768/1024 1/256 - rw discard_passdown queue_if_no_space - 256", [.thinMetadataLow]),
    thin(
      "0 112/1024 1/256 - rw discard_passdown queue_if_no_space - 256",
      "0 1024/1024 1/256 - ro discard_passdown queue_if_no_space needs_check 256",
      [.thinMetadataLow, .thinReadOnly, .thinNeedsCheck]),
    thin(
      "0 112/1024 1/256 - ro discard_passdown queue_if_no_space needs_check 256",
      "0 112/1024 1/256 - ro discard_passdown queue_if_no_space - 256", []),
    thin(
      "0 112/1024 1/256 - ro discard_passdown queue_if_no_space - 256",
      "0 112/1024 1/256 - rw discard_passdown queue_if_no_space - 256", [.thinRecovered]),
    thin("0 112/1024 1/256 - rw", "Fail", [.thinFailed]),
    thin("0 112/1024 1/256 - rw", "Error", [.thinFailed]),
    thin("Error", "Fail", []),
    thin("Fail", "0 112/1024 1/256 - rw", [.thinRecovered]),
    TransitionCase(
      .thinPool, nil, "0 112/1024 1/256 - ro", [], pool: "1:0 1:1 128 0 1 read_only "),
    TransitionCase(
      .thinPool, nil, "0 112/1024 256/256 - rw", [.thinLowWater], pool: "1:0 1:1 128 0"),
    TransitionCase(.thinPool, nil, "0 112/1024 256/256 - rw", []),
    TransitionCase(.thin, "32768 32767", "Fail", [.thinFailed]),
    TransitionCase(.thin, "0 -", "32768 32767", []),
  ])
  func `a pool`(_ example: TransitionCase) throws { try expect(example) }

  @Test(arguments: [
    raid("AA 100/100 idle 0 0 -", "AD 100/100 idle 0 0 -", [.raidDegraded], parts: ["1"]),
    raid("AD 100/100 idle 0 0 -", "AD 100/100 idle 0 0 -", []),
    raid("AA 100/100 idle 0 0 -", "AD 100/100 recover 0 0 -", [.raidDegraded]),
    raid("AD 100/100 recover 0 0 -", "AD 100/100 idle 0 0 -", []),
    raid(
      "AD 100/100 idle 0 0 -", "DD 100/100 idle 0 0 -", [.raidDegraded, .raidFailed],
      parts: ["0"]),
    raid(
      "AA 100/100 idle 0 0 -", "D- 100/100 idle 0 0 -", [.raidDegraded, .raidFailed],
      parts: ["0", "1"]),
    raid("AD 100/100 idle 0 0 -", "Aa 0/100 recover 0 0 -", [.raidRecoveryStarted]),
    raid("Aa 0/100 recover 0 0 -", "Aa 50/100 recover 0 0 -", []),
    raid("Aa 50/100 recover 0 0 -", "AA 100/100 idle 0 0 -", [.raidRecoveryCompleted]),
    raid("Aa 50/100 recover 0 0 -", "AA 0/100 recover 0 0 -", [.raidRecoveryCompleted]),
    raid("AA 0/100 recover 0 0 -", "AA 100/100 idle 0 0 -", []),
    raid("Aa 50/100 idle 0 0 -", "AA 100/100 idle 0 0 -", [.raidRecoveryCompleted]),
    raid("AD 100/100 idle 0 0 -", "AA 100/100 idle 0 0 -", [.raidRecoveryCompleted]),
    raid("aa 10/100 resync 0 0 -", "AA 100/100 idle 0 0 -", [.raidRecoveryCompleted]),
    raid("aa 10/100 resync 0 0 -", "aA 10/100 recover 0 0 -", []),
    raid("Aa 50/100 recover 0 0 -", "AD 50/100 idle 0 0 -", [.raidDegraded], parts: ["1"]),
    raid("AA 100/100 idle 0 0 -", "AA 1/100 check 0 0 -", [.raidCheckStarted]),
    raid("AA 1/100 check 0 0 -", "AA 100/100 idle 0 0 -", [.raidCheckCompleted]),
    // Nobody has looked while it went on.
    raid(
      "AA 100/100 idle 0 0 -", "AA 100/100 idle 8 0 -", [.raidMismatches, .raidCheckCompleted]),
    raid("AA 100/100 idle 8 0 -", "AA 100/100 idle 16 0 -", [.raidCheckCompleted]),
    raid("AA 100/100 idle 8 0 -", "AA 100/100 idle 0 0 -", []),
    raid(
      "AA 1/100 check 0 0 -", "AA 100/100 idle 8 0 -", [.raidMismatches, .raidCheckCompleted]),
    raid("AA 1/100 check 0 0 -", "AA 3/100 repair 0 0 -", []),
    raid(
      "AA 1/100 check 0 0 -", "AD 1/100 idle 0 0 -", [.raidDegraded, .raidCheckCompleted]),
    raid("AA 100/100 idle 0 0 -", "AA 5/100 reshape 0 0 -", [.raidReshapeStarted]),
    raid("AA 5/100 reshape 0 0 -", "AA 100/100 idle 0 0 -", [.raidReshapeCompleted]),
    raid("aa 0/100 reshape 0 8 -", "AA 0/100 idle 0 8 -", []),
    raid("aa 0/100 reshape 0 8 -", "AA 100/100 idle 0 0 -", [.raidReshapeCompleted]),
    raid("AA 100/100 idle 0 0 A", "AA 100/100 idle 0 0 D", [.raidJournalFailed]),
    raid("AA 50/100", "AA 100/100", [.raidRecoveryCompleted]),
    raid(nil, "AA 100/100 idle 0 0 -", []),
    raid(nil, "aa 10/100 resync 0 0 -", [.raidRecoveryStarted]),
    raid(nil, "AD 100/100 idle 0 0 -", [.raidDegraded]),
  ])
  func `an array`(_ example: TransitionCase) throws { try expect(example) }

  @Test(
    arguments: [
      (
        [
          "AA 100/100 idle", "AA 0/100 idle", "aa 0/100 reshape", "AA 0/100 idle",
          "aa 0/100 reshape",
          "aa 50/100 reshape", "AA 100/100 idle",
        ], [.raidReshapeStarted, .raidReshapeCompleted]
      ),
      (["AA 100/100 idle", "AA 0/100 frozen", "AA 100/100 idle"], []),
      (["AA 0/100 frozen", "AA 100/100 idle"], []),
      (
        ["AA 0/100 frozen", "Aa 0/100 recover", "AA 100/100 idle"],
        [.raidRecoveryStarted, .raidRecoveryCompleted]
      ),
      (["AA 0/100 frozen", "AD 0/100 frozen", "AD 100/100 idle"], [.raidDegraded]),
      (
        [
          "Aa 0/100 recover", "Aa 0/100 frozen", "Aa 50/100 recover", "AA 0/100 recover",
          "AA 0/100 frozen", "AA 100/100 idle",
        ], [.raidRecoveryStarted, .raidRecoveryCompleted]
      ),
      (
        [
          "aa 10/100 resync", "AA 0/100 frozen", "aa 20/100 resync", "AA 0/100 frozen",
          "AA 100/100 idle",
        ],
        [.raidRecoveryStarted, .raidRecoveryCompleted]
      ),
      (
        ["AA 100/100 idle", "AA 10/100 check", "AA 0/100 frozen", "AA 100/100 idle"],
        [.raidCheckStarted, .raidCheckCompleted]
      ),
    ] as [([String], [DmEvent.Kind])])
  func `what an array does begins and ends once, however often it is interrupted`(
    statuses: [String], expected: [DmEvent.Kind]
  ) throws {
    var state: TargetState?
    var events: [DmEvent.Kind] = []
    for text in statuses {
      var next = TargetState(.raid(try RaidStatus(parsing: "raid1 2 \(text) 0 0 -")))
      events += next.transitions(since: state, isRaised: true).map(\.kind)
      state = next
    }
    #expect(events == expected)
  }

  @Test(arguments: [
    mirror("63/64 1 AA 1 core", "64/64 1 AA 1 core", [.mirrorResyncCompleted]),
    mirror("63/64 1 AA 1 core", "63/64 1 AD 1 core", [.mirrorDegraded], parts: ["1"]),
    mirror("64/64 1 AA 1 core", "63/64 1 DF 1 core", [.mirrorDegraded, .mirrorFailed]),
    mirror("64/64 1 AA 1 core", "64/64 1 AR 1 core", []),
    mirror("64/64 1 AA 1 core", "64/64 1 AS 1 core", []),
    mirror("64/64 1 AA 3 disk 1:2 A", "64/64 1 AA 3 disk 1:2 D", [.mirrorLogFailed]),
    mirror("64/64 1 AA 3 disk 1:2 A", "64/64 1 AA userspace 1 COM_FAILURE", [.mirrorFailed]),
    mirror(nil, "64/64 1 AA 1 core", [.mirrorResyncCompleted]),
    TransitionCase(.mirror, nil, "2 1:0 1:1 64/64 1 AA 1 core", [], raised: false),
  ])
  func `a mirror`(_ example: TransitionCase) throws { try expect(example) }

  @Test(arguments: [
    TransitionCase(.snapshot, "32/4096 32", "Invalid", [.snapshotInvalid]),
    TransitionCase(.snapshot, "4096/4096 32", "Overflow", [.snapshotOverflow]),
    TransitionCase(.snapshot, "Overflow", "Invalid", [.snapshotInvalid]),
    TransitionCase(.snapshot, "Invalid", "Invalid", []),
    TransitionCase(.snapshot, "32/4096 32", "Unknown", []),
    TransitionCase(.snapshotMerge, "32/4096 16", "Merge failed", [.snapshotMergeFailed]),
    TransitionCase(.snapshotMerge, "32/4096 16", "16/4096 16", [.snapshotMergeCompleted]),
    TransitionCase(.snapshotMerge, "16/4096 16", "16/4096 16", []),
    TransitionCase(.snapshotMerge, "32/4096 16", "24/4096 16", []),
  ])
  func `a snapshot`(_ example: TransitionCase) throws { try expect(example) }

  @Test(arguments: [
    cache("0", "rw -", "0", "ro -", [.cacheReadOnly]),
    cache("0", "rw -", "0", "ro needs_check", [.cacheReadOnly, .cacheNeedsCheck]),
    cache("0", "ro -", "0", "rw -", [.cacheRecovered]),
    cache("7", "rw -", "0", "rw -", [.cacheClean]),
    cache("7", "rw -", "1", "rw -", []),
    cache("0", "rw -", "0", "rw -", []),
    TransitionCase(.cache, cacheLine("3", "rw -"), "Fail", [.cacheFailed]),
    TransitionCase(.cache, "Fail", cacheLine("3", "rw -"), [.cacheRecovered]),
    TransitionCase(.writecache, "0 100 50 0", "1 100 50 0", [.writecacheFailed]),
    clone("3/8 1", "rw", "8/8 0", "rw", [.cloneCompleted]),
    clone("3/8 1", "rw", "8/8 1", "rw", []),
    clone("8/8 0", "rw", "8/8 0", "rw", []),
    clone("3/8 1", "rw", "3/8 0", "ro", [.cloneReadOnly]),
    clone("3/8 1", "rw", "3/8 0", "Fail", [.cloneFailed]),
    TransitionCase(.clone, cloneLine("3/8 1", "rw"), "Error", [.cloneFailed]),
    TransitionCase(.clone, nil, cloneLine("8/8 0", "rw"), [.cloneCompleted]),
    TransitionCase(.clone, nil, cloneLine("8/8 0", "rw"), [], raised: false),
    // It was complete at the first look, and the kernel tells only now.
    TransitionCase(
      .clone, cloneLine("8/8 0", "rw"), cloneLine("8/8 0", "rw"), [.cloneCompleted], untold: true),
    TransitionCase(
      .clone, cloneLine("8/8 0", "rw"), cloneLine("8/8 0", "rw"), [], raised: false, untold: true),
  ])
  func `a cache or clone`(_ example: TransitionCase) throws { try expect(example) }

  @Test(arguments: [
    multipath(
      "A 0 2 0 8:0 A 0 8:16 A 0", "A 0 2 0 8:0 F 1 8:16 A 0", [.multipathPathFailed], ["8:0"]),
    multipath(
      "A 0 2 0 8:0 F 1 8:16 A 0", "A 0 2 0 8:0 F 1 8:16 F 1",
      [.multipathPathFailed, .multipathFailed], ["8:16"]),
    multipath(
      "A 0 2 0 8:0 F 1 8:16 F 1", "A 0 2 0 8:0 A 1 8:16 A 1", [.multipathPathReinstated],
      ["8:0", "8:16"]),
    multipath(
      "A 0 2 0 8:0 F 1 8:16 A 1", "A 0 2 0 8:0 A 1 8:16 F 2",
      [.multipathPathFailed, .multipathPathReinstated], ["8:16"]),
    multipath("E 0 1 0 8:0 A 0", "A 0 1 0 8:0 A 0", [], []),
    TransitionCase(
      .multipath, "2 0 0 0 2 1 A 0 1 0 8:0 A 0 E 0 1 0 8:16 A 0",
      "2 0 0 0 2 2 E 0 1 0 8:0 F 1 A 0 1 0 8:16 A 0",
      [.multipathPathFailed, .multipathGroupSwitched], parts: ["8:0"]),
  ])
  func `a multipath device`(_ example: TransitionCase) throws { try expect(example) }

  @Test(arguments: [
    TransitionCase(
      .striped, "2 1:0 1:1 1 AA", "2 1:0 1:1 1 AD", [.stripedDegraded], parts: ["1"]),
    TransitionCase(
      .dust, "1:0 bypass verbose", "1:0 fail_read_on_bad_block verbose", [.dustEnabled]),
    TransitionCase(
      .dust, "1:0 fail_read_on_bad_block verbose", "1:0 bypass verbose", [.dustDisabled]),
    TransitionCase(.logWrites, "10 100", "11 110 logging_disabled", [.logWritesStopped]),
    TransitionCase(
      .vdo, "/dev/a normal - online online 1 9", "/dev/a read-only - online online 9 9",
      [.vdoReadOnly, .vdoOverflow]),
    TransitionCase(.verity, "V", "C", [.verityCorrupted]),
    TransitionCase(.verity, "V 0", "C 3", [.verityCorrupted, .verityCorrected]),
    TransitionCase(.verity, "V -", "V -", []),
    TransitionCase(.integrity, "0 800 -", "1 800 -", [.integrityMismatch]),
    TransitionCase(.integrity, "1 800 -", "3 800 -", [.integrityMismatch]),
    TransitionCase(.integrity, "3 800 -", "3 800 -", []),
    TransitionCase(.integrity, "0 800 64", "0 800 128", []),
    TransitionCase(.integrity, "0 800 64", "0 800 800", [.integrityRecalculated]),
    TransitionCase(.integrity, nil, "0 800 800", []),
    TransitionCase("of-tomorrow", "1", "1", [.targetEvent]),
    TransitionCase("of-tomorrow", "1", "2", [], raised: false),
    TransitionCase(.linear, "", "", []),
  ])
  func `others`(_ example: TransitionCase) throws { try expect(example) }

  @Test func `what is true now needs no earlier look`() throws {
    let pool = thin(
      nil, "0 1024/1024 256/256 - out_of_data_space discard_passdown queue_if_no_space - 256", [])
    #expect(try pool.conditions() == [.thinLowWater, .thinMetadataLow, .thinOverflow])
    #expect(try raid(nil, "DD 1/1 idle 0 0 -", []).conditions() == [.raidDegraded, .raidFailed])
    #expect(try raid(nil, "AA 1/1 check 0 0 -", []).conditions() == [])
  }

  private func expect(_ example: TransitionCase) throws {
    let derived = try example.derived()
    #expect(derived.map(\.kind) == example.events)
    if !example.parts.isEmpty { #expect(derived.first?.parts == example.parts) }
  }
}

private func thin(_ from: String?, _ to: String, _ events: [DmEvent.Kind]) -> TransitionCase {
  TransitionCase(.thinPool, from, to, events, pool: "1:0 1:1 128 64 0 ")
}

private func raid(
  _ from: String?, _ to: String, _ events: [DmEvent.Kind], parts: [String] = []
) -> TransitionCase {
  TransitionCase(.raid, from.map { "raid1 2 \($0)" }, "raid1 2 \(to)", events, parts: parts)
}

private func mirror(
  _ from: String?, _ to: String, _ events: [DmEvent.Kind], parts: [String] = []
) -> TransitionCase {
  TransitionCase(
    .mirror, from.map { "2 1:0 1:1 \($0)" }, "2 1:0 1:1 \(to)", events, parts: parts)
}

private func cacheLine(_ dirty: String, _ end: String) -> String {
  "8 10/16384 128 3/1024 0 0 0 0 0 0 \(dirty) 1 writeback 2 migration_threshold 2048 smq 0 \(end) "
}

private func cache(
  _ dirty: String, _ end: String, _ newDirty: String, _ newEnd: String, _ events: [DmEvent.Kind]
) -> TransitionCase {
  TransitionCase(.cache, cacheLine(dirty, end), cacheLine(newDirty, newEnd), events)
}

private func cloneLine(_ hydrated: String, _ mode: String) -> String {
  "8 7/16384 8 \(hydrated) 0 4 hydration_threshold 1 hydration_batch_size 1 \(mode)"
}

private func clone(
  _ hydrated: String, _ mode: String, _ newHydrated: String, _ newMode: String,
  _ events: [DmEvent.Kind]
) -> TransitionCase {
  TransitionCase(.clone, cloneLine(hydrated, mode), cloneLine(newHydrated, newMode), events)
}

private func multipath(
  _ from: String, _ to: String, _ events: [DmEvent.Kind], _ parts: [String]
) -> TransitionCase {
  TransitionCase(
    .multipath, "2 0 0 0 1 1 \(from)", "2 0 0 0 1 1 \(to)", events, parts: parts)
}
