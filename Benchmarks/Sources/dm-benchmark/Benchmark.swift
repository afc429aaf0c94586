import DeviceMapper
import DeviceMapperTargets

/// Whose code does the work.
enum Side: String {
  case ours, libdevmapper
}

/// An operation, done by both sides.
struct Benchmark {
  var name: String
  /// Prepares, does the operation `count` times, and cleans up.
  var run: (_ side: Side, _ count: Int) throws -> Void

  static var all: [Benchmark] { parsing + kernel }
}

/// A value that the optimiser must believe to be used.
@inline(never)
func use<Value>(_ value: borrowing Value) {}

/// A call into libdevmapper that failed.
struct LibraryFailed: Error {
  var call: String
  init(_ call: String) { self.call = call }
}
