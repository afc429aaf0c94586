import Synchronization

/// How long the last list of a device's regions was.
///
/// Each attempt with too small a buffer has the kernel write all that fits for nothing, and the lengths
/// of other replies say nothing about a list's.
final class ListSize: Sendable {
  private let last = Atomic<Int>(0)

  /// A size that suffices if there haven't come many regions since.
  var guess: Int {
    let last = last.load(ordering: .relaxed)
    return last + last / 4 + 4096
  }

  func note(_ size: Int) { last.store(size, ordering: .relaxed) }
}
