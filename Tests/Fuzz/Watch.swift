import Glibc
import Synchronization

/// Says which input it was when a parser stops the program or doesn't come to an end.
enum Watch {
  private static let input = Atomic<UInt64>(0)

  /// Catches the signals of a trap and of the alarm clock.
  static func begin() {
    note(0)
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGALRM] {
      signal(number) { number in
        Watch.say(number == SIGALRM ? "an input takes too long: " : "an input is a trap: ")
        // The default action ends the program with the signal.
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }

  /// Takes note of the input that comes next; it and the next thousand have twenty seconds.
  static func note(_ number: UInt64) {
    input.store(number, ordering: .relaxed)
    if number % 1024 == 0 { alarm(20) }
  }

  /// Writes the reason and the number without allocating, as a signal handler has to.
  private static func say(_ reason: StaticString) {
    var rest = input.load(ordering: .relaxed)
    var digits = InlineArray<24, UInt8>(repeating: UInt8(ascii: "\n"))
    var first = 23
    repeat {
      first -= 1
      digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest != 0
    reason.withUTF8Buffer { _ = unsafe write(2, $0.baseAddress, $0.count) }
    unsafe digits.span.withUnsafeBytes { bytes in
      _ = unsafe write(2, bytes.baseAddress?.advanced(by: first), bytes.count - first)
    }
  }
}
