extension MutableRawSpan {
  /// Copies `bytes` to `offset`.
  ///
  /// - Precondition: there is room for them.
  @_lifetime(self: copy self)
  package mutating func store(_ bytes: Span<UInt8>, at offset: Int) {
    precondition(offset >= 0 && bytes.count <= byteCount - offset)
    // One block: a store for each byte costs five times the instructions.
    unsafe bytes.withUnsafeBytes { source in
      unsafe withUnsafeMutableBytes { target in
        let end = offset + source.count
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: target[offset..<end])
        unsafe part.copyMemory(from: source)
      }
    }
  }
}
