/// An operation, done by both sides.
struct Benchmark {
  var name: String
  /// Prepares, has both sides measured, and cleans up.
  var run: (Meter) throws -> Void

  static var all: [Benchmark] { parsing + dispatch + tables + kernel }
}

/// A value that the optimiser must believe to be used.
@inline(never)
func use<Value>(_ value: borrowing Value) {}

/// A call into libdevmapper that failed.
struct LibraryFailed: Error {
  var call: String
  init(_ call: String) { self.call = call }
}
