import Synchronization

/// How large the replies to a command have been, so that the next one fits at once.
///
/// A size falls again when replies do, so that one large reply doesn't cost for ever.
package struct ReplySizes: ~Copyable, Sendable {
  /// The largest buffer that is tried.
  package static let largest = 1 << 28
  /// Enough for the status of an ordinary device.
  ///
  /// The buffer is cleared, and the kernel copies it in and out, so it is small.
  package static let status = 1024
  /// Enough for versions, and for the reply to a message that can't be repeated.
  package static let message = 4096
  /// What libdevmapper begins with for lists.
  package static let list = 16384

  private let listDevices = Atomic<Int>(ReplySizes.list)
  private let tableDeps = Atomic<Int>(ReplySizes.status)
  private let tableStatus = Atomic<Int>(ReplySizes.status)
  private let versions = Atomic<Int>(ReplySizes.message)
  private let message = Atomic<Int>(ReplySizes.message)

  package init() {}

  /// The size to begin with.
  package func size(for command: DmCommand) -> Int {
    remembered(command) { $0.load(ordering: .relaxed) }
  }

  /// Takes note of how long a reply was.
  package func note(_ length: Int, for command: DmCommand) {
    remembered(command) { size in
      let old = size.load(ordering: .relaxed)
      let floor = Self.smallest(for: command)
      var new = old
      if length > old {
        // A little more for the next one, in whole pages: all of it is cleared and copied each time.
        new = min((length + length / 16 + 4095) & ~4095, Self.largest)
      } else if length < old / 4 {
        new = max(floor, old / 2)
      }
      // Two threads may note at a time; either value is as good.
      if new != old { size.store(new, ordering: .relaxed) }
    }
  }

  /// The size to go on with when a reply didn't fit: no more commands than libdevmapper needs, which
  /// begins with 16 KiB.
  package static func larger(_ size: Int) -> Int { min(max(list, size * 4), largest) }

  private static func smallest(for command: DmCommand) -> Int {
    switch command {
    case .listDevices: list
    case .listVersions, .targetVersion, .targetMessage: message
    default: status
    }
  }

  private func remembered<Result>(
    _ command: DmCommand, _ body: (borrowing Atomic<Int>) -> Result
  ) -> Result {
    switch command {
    case .listDevices: body(listDevices)
    case .tableDeps: body(tableDeps)
    case .listVersions, .targetVersion: body(versions)
    case .targetMessage: body(message)
    default: body(tableStatus)
    }
  }
}
