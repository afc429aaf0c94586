// Does what there is to do with the map of a file with many extents:
//
//     filemap-benchmark FILE ROUNDS EXTENTS…
//     filemap-benchmark --count FOLDER FILE EXTENTS…
//
// Each round does the same with this package, with bare messages, with libdevmapper and with the
// program dmstats, one after the other on the same file. The first form takes times. The second marks each
// operation for valgrind, under which it has to run, and has dmstats counted into files in a folder.
// Scripts/bench-filemap runs both in the sandbox.
import DeviceMapper
import Glibc
import SystemPackage

var arguments = Array(CommandLine.arguments.dropFirst())
var folder: String?
if arguments.count > 2, arguments[0] == "--count" {
  folder = arguments[1]
  arguments.removeFirst(2)
}
var numbers = arguments.dropFirst().compactMap { Int($0) }
let rounds = folder == nil ? numbers.first : 1
if folder == nil { numbers = Array(numbers.dropFirst()) }
guard let path = arguments.first, let rounds, !numbers.isEmpty else {
  print("usage: filemap-benchmark FILE ROUNDS EXTENTS…")
  print("       filemap-benchmark --count FOLDER FILE EXTENTS…")
  exit(2)
}
do {
  let file = try ExtentFile(FilePath(path))
  let context = try DM()
  for extents in numbers {
    try file.setUp(extents: extents)
    let counts = folder.map { "\($0)/dmstats-\(extents)" }
    var sides: [any Side] = [try OurSide(context, file), try RawSide(file)]
    // What is quadratic takes too long to be counted.
    if counts == nil || extents <= 1000 {
      sides.append(try LibrarySide(file))
      sides.append(try ProgramSide(file, counts: counts))
    }
    if folder == nil {
      // The kernel's memory for regions comes from the host, slowly, the first time.
      let first = try RawSide(file)
      try first.create()
      try first.delete()
      var report = Report(extents: extents)
      for _ in 0..<rounds {
        for side in sides { try report.measure(side, file) }
      }
      report.show(sides.map(\.name))
    } else {
      for side in sides {
        try Operation.all(on: side, file) { operation, body in
          begin()
          try body()
          end()
          print("\(extents) \(operation) \(side.name)")
        }
      }
    }
  }
} catch {
  _ = try? FileDescriptor.standardError.writeAll("filemap-benchmark: \(error)\n".utf8)
  exit(1)
}
