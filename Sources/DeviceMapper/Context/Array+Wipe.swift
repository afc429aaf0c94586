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

extension DmFlags {
  /// What becomes of memory that a request with these flags outgrew while it was written.
  package var disposal: ((inout [UInt8]) -> Void)? {
    contains(.secureData) ? { $0.wipe() } : nil
  }
}
