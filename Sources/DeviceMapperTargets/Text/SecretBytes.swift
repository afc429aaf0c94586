/// Bytes that are overwritten when the last one who has them lets go of them.
final class SecretBytes: Sendable {
  // Only `deinit` changes it, when nobody else has the object.
  nonisolated(unsafe) private var storage: [UInt8]

  init(_ bytes: [UInt8]) { unsafe storage = bytes }

  /// The bytes; a copy of them is its owner's to forget.
  var bytes: [UInt8] { unsafe storage }

  deinit { unsafe storage.overwrite() }
}

extension [UInt8] {
  /// Fills the array with zeroes, if nobody else has its memory.
  ///
  /// Not inlined, so that nothing is known of what happens to the memory afterwards.
  @inline(never)
  fileprivate mutating func overwrite() {
    for index in indices { self[index] = 0 }
  }
}
