// Does one operation a number of times, with this package or with libdevmapper:
//
//     dm-benchmark CASE ours|libdevmapper COUNT
//     dm-benchmark list
//
// What an operation costs is the difference between two counts, divided by theirs; Scripts/bench
// takes it under valgrind.
import Glibc

let arguments = CommandLine.arguments
if arguments.count == 2, arguments[1] == "list" {
  for benchmark in Benchmark.all { print(benchmark.name) }
  exit(0)
}
guard arguments.count == 4, let count = Int(arguments[3]),
  let benchmark = Benchmark.all.first(where: { $0.name == arguments[1] }),
  let side = Side(rawValue: arguments[2])
else {
  print("usage: dm-benchmark CASE ours|libdevmapper COUNT, or dm-benchmark list")
  exit(2)
}
do {
  try benchmark.run(side, count)
} catch {
  print("dm-benchmark: \(error)")
  exit(1)
}
