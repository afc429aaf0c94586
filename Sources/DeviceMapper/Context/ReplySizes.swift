import Synchronization

/// How large the replies to a command have been, so that the next one fits at once.
///
/// A size falls again when replies do, so that one large reply doesn't cost for ever.
package struct ReplySizes: ~Copyable, Sendable {
  /// The largest buffer that is tried.
  package static let largest = 1 << 28
  /// Enough for the status of an ordinary device; the kernel copies the buffer in, so it is small.
  package static let status = 4096
  /// What libdevmapper begins with for lists.
  package static let list = 16384

  private let listDevices = Atomic<Int>(ReplySizes.list)
  private let tableDeps = Atomic<Int>(ReplySizes.status)
  private let tableStatus = Atomic<Int>(ReplySizes.status)
  private let versions = Atomic<Int>(ReplySizes.status)
  private let message = Atomic<Int>(ReplySizes.status)

  package init() {}

  /// The size to begin with.
  package func size(for command: DmCommand) -> Int {
    remembered(command) { $0.load(ordering: .relaxed) }
  }

  /// Takes note of how long a reply was.
  package func note(_ length: Int, for command: DmCommand) {
    remembered(command) { size in
      let old = size.load(ordering: .relaxed)
      let floor = command == .listDevices ? Self.list : Self.status
      var new = old
      if length > old {
        while new < length { new *= 2 }
      } else if length < old / 4 {
        new = max(floor, old / 2)
      }
      // Two threads may note at a time; either value is as good.
      if new != old { size.store(new, ordering: .relaxed) }
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
