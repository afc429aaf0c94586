import Glibc

extension Span<UInt8> {
  /// Whether a byte is NUL, at which the kernel would take the text to end.
  var hasNul: Bool {
    unsafe withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return false }
      return unsafe memchr(start, 0, bytes.count) != nil
    }
  }
}
