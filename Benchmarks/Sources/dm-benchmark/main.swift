// Does operations with this package and with libdevmapper:
//
//     dm-benchmark [WORD…]
//
// Every operation that has one of the words in its name, or every one without a word. Scripts/bench
// counts what they cost.
import Glibc

let words = CommandLine.arguments.dropFirst()
do {
  for benchmark in Benchmark.all
  where words.isEmpty || words.contains(where: benchmark.name.contains) {
    try benchmark.run(Meter(name: benchmark.name))
  }
} catch {
  print("dm-benchmark: \(error)")
  exit(1)
}
