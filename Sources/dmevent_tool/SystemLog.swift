import Glibc

/// The system log.
enum SystemLog {
  enum Priority {
    case debug, notice, warning, error

    fileprivate var value: CInt {
      switch self {
      case .debug: LOG_DEBUG
      case .notice: LOG_NOTICE
      case .warning: LOG_WARNING
      case .error: LOG_ERR
      }
    }
  }

  private static let name: StaticString = "dmevent_tool"

  /// Begins to log under the program's name and number.
  static func open() {
    // The library keeps the pointer, and a static string stays where it is.
    name.withUTF8Buffer { bytes in
      guard let start = bytes.baseAddress else { return }
      unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        unsafe openlog($0, LOG_PID | LOG_NDELAY, LOG_DAEMON)
      }
    }
  }

  /// Writes a line.
  static func write(_ text: String, _ priority: Priority) {
    unsafe text.withCString { text in
      // A format of its own: the text may have percent signs.
      unsafe withVaList([text]) { unsafe vsyslog(priority.value, "%s", $0) }
    }
  }
}
