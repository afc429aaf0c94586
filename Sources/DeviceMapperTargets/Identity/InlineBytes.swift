/// Up to `capacity` bytes held in place, so that a kernel identifier costs no allocation.
package struct InlineBytes<let capacity: Int>: BitwiseCopyable, Sendable {
  private var storage: InlineArray<capacity, UInt8>
  private var length: UInt8

  /// Copies `bytes`, or returns `nil` when there are more than `capacity`.
  package init?(_ bytes: Span<UInt8>) {
    guard bytes.count <= capacity, bytes.count <= Int(UInt8.max) else { return nil }
    storage = InlineArray(repeating: 0)
    length = UInt8(bytes.count)
    for index in bytes.indices { storage[index] = bytes[index] }
  }

  package var count: Int { Int(length) }

  package var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { storage.span.extracting(first: Int(length)) }
  }
}

extension InlineBytes: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    guard left.length == right.length else { return false }
    let (leftBytes, rightBytes) = (left.bytes, right.bytes)
    for index in leftBytes.indices where leftBytes[index] != rightBytes[index] { return false }
    return true
  }

  package func hash(into hasher: inout Hasher) {
    let bytes = self.bytes
    for index in bytes.indices { hasher.combine(bytes[index]) }
    hasher.combine(length)
  }
}
