import CDeviceMapper
import Synchronization

/// libdevmapper, which isn't thread-safe: one caller at a time, for calls that don't wait.
enum Library {
  private static let isPrepared = Mutex(false)
  /// What the library said last of an error; set from within a call.
  private static let message = Mutex<String?>(nil)

  /// Calls into the library.
  ///
  /// - Parameter body: Returns `nil` for a failure.
  static func call<Result>(_ body: () -> Result?) throws(LibraryFailure) -> Result {
    let result: Swift.Result<Result, LibraryFailure> = isPrepared.withLock { isPrepared in
      if !isPrepared {
        // Before the first call: the library's own log writes to standard error.
        swift_device_mapper_log_install()
        // The first of these calls asks the kernel for its version and keeps the control device
        // open, and not close-on-exec; the answer is remembered, the descriptor isn't needed.
        _ = dm_udev_get_sync_support()
        dm_lib_release()
        isPrepared = true
      }
      message.withLock { $0 = nil }
      if let result = body() { return .success(result) }
      return .failure(LibraryFailure(message: message.withLock { $0 }))
    }
    return try result.get()
  }

  /// Takes a line of the library's log.
  ///
  /// Its arguments are out of reach: Swift can't read a variadic list, so the format stands for the
  /// text.
  fileprivate static func log(level: CInt, format: UnsafePointer<CChar>?) {
    // Levels 2 and 3 are a fatal error and an error; bits above the level are flags.
    guard level & 7 <= 3, let format = unsafe format else { return }
    let text = unsafe String(cString: format)
    message.withLock { $0 = text }
  }
}

/// A call into libdevmapper that failed, and the format of what it logged.
struct LibraryFailure: Error {
  var message: String?
}

extension DmError {
  init(_ failure: LibraryFailure, device: DevId? = nil) {
    self.init(.udev, device: device, context: failure.message.map { .library($0) })
  }
}

/// The function that `shim.h` declares, without the variadic end that it has in C and doesn't read.
@c(swift_device_mapper_log)
func libraryLog(
  _ level: CInt, _ file: UnsafePointer<CChar>?, _ line: CInt, _ error: CInt,
  _ format: UnsafePointer<CChar>?
) {
  unsafe Library.log(level: level, format: format)
}
