import CDeviceMapper
import Testing

/// libdevmapper's parsers of statuses, which read into memory of a pool.
enum Library {
  /// A parser.
  typealias Parser<Status> = (
    OpaquePointer, UnsafePointer<CChar>, UnsafeMutablePointer<UnsafeMutablePointer<Status>?>
  ) -> CInt

  /// Calls `body` with what the parser makes of a line, or with `nil` if it refuses it.
  static func parse<Status, Result>(
    _ line: String, _ parser: Parser<Status>, _ body: (Status?) throws -> Result
  ) throws -> Result {
    guard let pool = unsafe dm_pool_create("test", 1024) else { throw OutOfMemory() }
    defer { unsafe dm_pool_destroy(pool) }
    var status: UnsafeMutablePointer<Status>?
    let isRead = unsafe parser(pool, line, &status) != 0
    return try unsafe body(isRead ? status?.pointee : nil)
  }

  /// A string of the library's.
  static func string(_ text: UnsafePointer<CChar>?) -> String? {
    unsafe text.map { unsafe String(cString: $0) }
  }
}

/// The library couldn't make a pool.
struct OutOfMemory: Error {}
