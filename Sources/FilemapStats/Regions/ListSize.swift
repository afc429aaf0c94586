import Synchronization

/// How long a list of a device's regions will be, as far as its handle knows.
///
/// Each attempt with too small a buffer has the kernel write all that fits for nothing, and the lengths
/// of other replies say nothing about a list's.
final class ListSize: Sendable {
  private let size = Atomic<Int>(0)

  /// A size that suffices if others haven't made many regions, or `nil` where nothing is known.
  ///
  /// Room for fifty, and no more: the kernel copies all of it.
  var guess: Int? {
    let size = size.load(ordering: .relaxed)
    return size == 0 ? nil : size + size / 32 + 2048
  }

  /// Takes note of how long a list was.
  func note(_ length: Int) { size.store(length, ordering: .relaxed) }

  /// Takes note of a message that lengthens the list, by hardly more than it is long itself.
  func add(_ message: Int) { size.add(message, ordering: .relaxed) }
}
