extension InlineBytes: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    let (leftBytes, rightBytes) = (left.bytes, right.bytes)
    for index in 0..<min(leftBytes.count, rightBytes.count)
    where leftBytes[index] != rightBytes[index] {
      return leftBytes[index] < rightBytes[index]
    }
    return leftBytes.count < rightBytes.count
  }
}
