// Measures what the map of a file with many extents costs:
//
//     filemap-benchmark FILE ROUNDS EXTENTS…
//
// Each round does the same with this package, with libdevmapper, with the program dmstats and with bare messages,
// one after the other on the same file. Scripts/bench-filemap runs it in the sandbox. Beyond 10,000
// extents the program is left out: it does what libdevmapper does, which takes minutes there.
import DeviceMapper
import Glibc
import SystemPackage

let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.dropFirst().compactMap { Int($0) }
guard let path = arguments.first, let rounds = numbers.first, numbers.count > 1,
  numbers.count == arguments.count - 1
else {
  print("usage: filemap-benchmark FILE ROUNDS EXTENTS…")
  exit(2)
}
do {
  let file = try ExtentFile(FilePath(path))
  let context = try DM()
  for count in numbers.dropFirst() {
    try file.setUp(extents: count)
    var sides: [any Side] = [
      try OurSide(context, file), try RawSide(file), try LibrarySide(file),
    ]
    if count <= 10_000 { sides.append(try ProgramSide(file)) }
    var report = Report(extents: count)
    for _ in 0..<rounds {
      for side in sides { try report.measure(side, file) }
    }
    report.show(sides.map(\.name))
  }
} catch {
  print("filemap-benchmark: \(error)")
  exit(1)
}
