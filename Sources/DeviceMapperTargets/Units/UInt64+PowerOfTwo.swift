extension UInt64 {
  /// Whether this is a power of two, which zero isn't.
  package var isPowerOfTwo: Bool { nonzeroBitCount == 1 }
}
