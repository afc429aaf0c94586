import Synchronization

// Marks where an operation begins and ends for valgrind, which knows these functions by their names
// and counts what is between them. Each leaves a trace of its own, or the optimiser would drop the
// calls or make the two one.

private let begun = Atomic(0)
private let ended = Atomic(0)

@c(dm_benchmark_begin) @inline(never)
func begin() { begun.add(1, ordering: .relaxed) }

@c(dm_benchmark_end) @inline(never)
func end() { ended.add(1, ordering: .relaxed) }
