import DeviceMapper
import DeviceMapperTargets
import Foundation
import TestSupport
import Testing

/// In the foreground, on a kernel.
@Suite(.serialized, .kernel(.multipath, .thinPool, .linear), .leavesNothing)
struct DmeventToolLiveTests {
  let terminal = Terminal()

  init() async throws { _ = try await TestDisk.two() }

  @Test func `a pool runs low, is reported once, and that was it`() async throws {
    let ended = try await terminal(
      """
      pool
      begin --once thin
      fill 40
      test ! -s out || echo early
      fill 60
      ended; cat out
      "$tool" --query thin
      """)
    #expect(ended.errors == "")
    #expect(ended.lines.count == 4)
    #expect(ended.lines.first == "status 0")
    let report = try #require(ended.lines.dropFirst().first)
    #expect(
      report.wholeMatch(
        of: /[-0-9]+T[:0-9]+\.\d{3}Z thin_low_water swift-test-pool \(\d+:\d+\): thin-pool 0 .*/)
        != nil)
    // What is true now needs nobody who watched.
    #expect(ended.output.contains("event 1: thin_low_water: thin-pool 0 "))
    #expect(ended.output.contains("nothing: thin 7680 7679"))
  }

  @Test func `objects are read by another program`() async throws {
    let ended = try await terminal(
      """
      pool; multipath path TEST-1
      begin --json --all
      fail path; reported 2; fill 60; reported 3
      kill -TERM $process; wait $process
      "$tool" -qj >> out
      if command -v jq > /dev/null; then jq -c . < out; else cat out; fi
      """)
    #expect(ended.errors == "")
    let objects = try ended.objects()
    #expect(objects.count == 6)
    let subject: Set = ["time", "type", "name", "uuid", "major", "minor", "event_nr"]
    let target: Set = ["target", "start", "status", "status_text"]
    for event in objects.prefix(3) {
      #expect(
        Set(event.keys)
          == subject.union(target).union(["event", "delta", "parts", "previous", "previous_text"]))
    }
    for condition in objects.dropFirst(3) {
      #expect(Set(condition.keys) == subject.union(target).union(["conditions", "health"]))
    }
    let (failed, low) = (objects[0], objects[2])
    #expect(failed["event"] as? String == "multipath_path_failed")
    #expect(failed["type"] as? String == "multipath")
    #expect(failed["uuid"] as? String == "TEST-1")
    #expect(failed["parts"] as? [String] == ["1:0"])
    #expect(failed["event_nr"] as? Int == 1)
    #expect(failed["delta"] as? Int == 1)
    #expect(low["event"] as? String == "thin_low_water")
    #expect(low["uuid"] is NSNull)
    #expect(low["status"] is [String: Any])
    #expect((low["previous_text"] as? String)?.contains("- rw") == true)
    let conditions = objects.dropFirst(3).map { $0["conditions"] as? [String] }
    #expect(
      conditions == [["multipath_path_failed", "multipath_failed"], ["thin_low_water"], []])
  }

  @Test func `devices can be left out, and those that come and go reported`() async throws {
    let ended = try await terminal(
      """
      multipath one TEST-1; multipath two TEST-2; multipath three OTHER-1
      begin --verbose --ignore TEST-1 --ignore OTHER- multipath
      fail one; fail three; fail two; reported 2
      dmsetup create swift-test-new --table '0 8 zero'; until_ grep -q device_appeared out
      dmsetup rename swift-test-new swift-test-newer; until_ grep -q device_renamed out
      dmsetup remove swift-test-newer; until_ grep -q device_vanished out
      kill -INT $process; ended
      # Its table may have come before it was first seen.
      cut -d' ' -f2,3 out | grep -v table_changed
      """)
    #expect(ended.errors == "")
    #expect(
      ended.lines == [
        "status 0", "multipath_path_failed swift-test-two",
        "multipath_failed swift-test-two", "device_appeared swift-test-new",
        "device_renamed swift-test-newer",
        "device_vanished swift-test-newer",
      ])
  }

  @Test func `a hangup makes it begin anew`() async throws {
    let ended = try await terminal(
      """
      multipath path
      begin multipath
      kill -STOP $process; fail path; kill -HUP $process; : > err; kill -CONT $process
      until_ grep -q 'new baseline' err; until_ grep -q 'is armed' err
      dmsetup message swift-test-path 0 reinstate_path /dev/ram0; reported 1
      kill -TERM $process; ended
      cut -d' ' -f2,3 out
      """)
    // That it failed may have been seen before the signal, or be a part of the baseline.
    #expect(ended.lines.first == "status 0")
    #expect(ended.lines.last == "multipath_path_reinstated swift-test-path")
  }

  @Test func `the trace shows each command`() async throws {
    let ended = try await terminal(
      """
      multipath path
      begin --debug multipath; : > err
      fail path; reported 1
      kill -TERM $process; ended
      grep -o 'DM_[A-Z_]*' err
      """)
    // The kernel may announce one failure in two ways, at the second of which nothing is new.
    #expect(
      ended.lines.prefix(4) == [
        "status 0", "DM_DEV_ARM_POLL", "DM_LIST_DEVICES", "DM_TABLE_STATUS",
      ])
  }

  @Test func `a reader that goes away ends it`() async throws {
    let ended = try await terminal(
      """
      multipath path
      mkfifo reports; sleep 100 < reports & reader=$!
      "$tool" --foreground --debug multipath > reports 2>> err & process=$!
      until_ grep -q 'is armed' err
      kill $reader; wait $reader 2> /dev/null
      fail path
      ended; tail -n 1 err
      """)
    #expect(ended.lines == ["status 1", "dmevent_tool: standard output: Broken pipe"])
  }

  @Test(arguments: ["--query", "--foreground --all", "--all"])
  func `who may not is told`(arguments: String) async throws {
    let ended = try await terminal(
      "setpriv --reuid 65534 --regid 65534 --clear-groups \"$tool\" \(arguments)")
    #expect(ended.status == 1)
    #expect(
      ended.errors
        == "dmevent_tool: can't open /dev/mapper/control: permission denied, this needs root\n")
  }
}
