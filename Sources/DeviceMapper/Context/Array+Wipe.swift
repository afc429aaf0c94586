import Glibc

extension [UInt8] {
  /// Overwrites the bytes in a way that the compiler can't leave out.
  mutating func wipe() {
    unsafe withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      unsafe explicit_bzero(start, bytes.count)
    }
  }
}
