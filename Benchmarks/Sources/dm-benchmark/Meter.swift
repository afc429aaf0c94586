import Synchronization

/// Whose code does the work.
enum Side: String {
  /// This package's.
  case ours
  /// libdevmapper's, or whatever else the figures are compared with.
  case theirs
}

/// Marks where an operation begins and ends for a program that counts from outside.
///
/// Nothing is counted here: valgrind knows `dm_benchmark_begin` and `dm_benchmark_end` by their names, takes the
/// figures of what is between them, and the lines of the output say what that was.
struct Meter {
  /// The name of the operation.
  var name: String

  /// Does an operation `count` times between the marks, after doing it a few times to fill caches
  /// and to find the sizes of buffers.
  func measure(_ side: Side, _ count: Int, _ operation: () throws -> Void) rethrows {
    for _ in 0..<3 { try operation() }
    begin()
    for _ in 0..<count { try operation() }
    end()
    report(side, count)
  }

  func report(_ side: Side, _ count: Int) { print("\(side)\t\(count)\t\(name)") }
}

private let begun = Atomic(0)
private let ended = Atomic(0)

// Each leaves a trace of its own, or the optimiser would drop the calls or make the two one.

@c(dm_benchmark_begin) @inline(never)
func begin() { begun.add(1, ordering: .relaxed) }

@c(dm_benchmark_end) @inline(never)
func end() { ended.add(1, ordering: .relaxed) }
