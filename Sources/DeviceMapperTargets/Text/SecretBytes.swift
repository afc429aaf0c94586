/// Bytes that are overwritten when the last one who has them lets go of them.
final class SecretBytes: Sendable {
  private let storage: Storage

  init(_ bytes: [UInt8]) { storage = Storage(contents: Contents(bytes: bytes)) }

  /// The bytes; a copy of them is its owner's to forget.
  var bytes: [UInt8] { storage.contents.bytes }

  /// The bytes, of which there is one owner: at its end nobody else can be reading them.
  private struct Storage: ~Copyable, Sendable {
    let contents: Contents

    deinit { contents.overwrite() }
  }

  /// What only a last use may change: a `deinit` itself may not change anything.
  private struct Contents: ~Copyable, Sendable {
    var bytes: [UInt8]

    consuming func overwrite() { bytes.overwrite() }
  }
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
