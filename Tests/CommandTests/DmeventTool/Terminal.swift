import TestSupport

/// What a user of `dmevent_tool` types into a terminal.
///
/// A script for bash in a folder of its own, with a few words for what happens to devices; `$tool` is
/// the program.
struct Terminal {
  /// Runs a script.
  func callAsFunction(_ script: String) async throws -> Ended {
    try await Command("dmevent_tool").shell(Self.words + script)
  }

  private static let words = #"""
    export PATH=$PATH:/usr/sbin:/sbin
    cd "$(mktemp -d)" || exit

    # multipath NAME [UUID]: makes a device that has events on demand, and fail NAME: such an event.
    multipath() {
      dmsetup create "swift-test-$1" ${2:+--uuid "$2"} --table \
        '0 2048 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 /dev/ram0 1'
    }
    fail() { dmsetup message "swift-test-$1" 0 fail_path /dev/ram0; }

    # pool: makes a pool of 64 blocks with a mark at 16, and a thin device in it.
    pool() {
      dmsetup create swift-test-meta --table '0 8192 linear /dev/ram0 0'
      dmsetup create swift-test-data --table '0 8192 linear /dev/ram0 8192'
      dd if=/dev/zero of=/dev/mapper/swift-test-meta bs=4k count=1 oflag=direct status=none
      dmsetup create swift-test-pool --table '0 8192 thin-pool /dev/mapper/swift-test-meta /dev/mapper/swift-test-data 128 16 1 skip_block_zeroing'
      dmsetup message swift-test-pool 0 'create_thin 0'
      dmsetup create swift-test-thin --table '0 8192 thin /dev/mapper/swift-test-pool 0'
    }
    # fill N: writes the first N blocks of the thin device.
    fill() { dd if=/dev/zero of=/dev/mapper/swift-test-thin bs=64k count="$1" oflag=direct status=none; }

    # until_ COMMAND…: waits for ten seconds at most until it succeeds.
    until_() { for _ in {1..200}; do "$@" && return; sleep 0.05; done; echo "in vain: $*" >&2; return 1; }
    # begin OPTION…: starts the tool in the foreground, as $process, and returns when it is armed.
    begin() {
      : > err
      "$tool" --foreground --debug "$@" > out 2>> err &
      process=$!
      until_ grep -q "is armed" err
    }
    # reported N: waits until N lines are reported.
    has() { (($(wc -l < out) >= $1)); }
    reported() { until_ has "$1"; }
    # ended: waits for the end of $process, and prints its exit status.
    ended() { wait "$process"; echo "status $?"; }

    """#
}
