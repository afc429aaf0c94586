/// Makes replies out of replies, such as no kernel sends.
public struct ReplyMutator {
  /// Where the choices come from.
  public var generator: SeededGenerator

  /// Creates a mutator whose choices follow from `seed`.
  public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// Numbers that are the edge of something.
  private static let numbers: [UInt32] = [
    0, 1, 2, 3, 4, 7, 8, 9, 12, 16, 31, 32, 40, 41, 304, 305, 306, 311, 312, 313, 320, 352,
    0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff,
  ]

  /// A reply with one to four mutations.
  public mutating func mutate(_ reply: [UInt8]) -> [UInt8] {
    var reply = reply
    for _ in 0..<Int.random(in: 1...4, using: &generator) { mutateOnce(&reply) }
    return reply
  }

  private mutating func mutateOnce(_ reply: inout [UInt8]) {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0:
      // The buffer ends early, with or without a header that says so.
      reply.removeSubrange(Int.random(in: 0...reply.count, using: &generator)...)
      if Bool.random(using: &generator) { put(UInt32(reply.count), at: 12, in: &reply) }
    case 1, 2:
      guard let index = reply.indices.randomElement(using: &generator) else { return }
      reply[index] ^= 1 << Int.random(in: 0..<8, using: &generator)
    case 3:
      guard let index = reply.indices.randomElement(using: &generator) else { return }
      reply[index] = UInt8.random(in: .min ... .max, using: &generator)
    case 4, 5:
      // Lengths, counts and offsets of the header.
      let offset = [12, 16, 20, 28].randomElement(using: &generator) ?? 12
      put(number(for: reply), at: offset, in: &reply)
    case 6, 7:
      // Anything behind the header, where the distances between records stand.
      guard reply.count > 316 else { return }
      let offset = Int.random(in: 78...(reply.count / 4 - 1), using: &generator) * 4
      put(number(for: reply), at: offset, in: &reply)
    case 8:
      // A string without its end.
      for index in reply.indices where reply[index] == 0 && index >= 312 {
        if Int.random(in: 0..<4, using: &generator) == 0 { reply[index] = 0x61 }
      }
    default:
      reply += [UInt8](repeating: 0xff, count: Int.random(in: 0..<64, using: &generator))
    }
  }

  private mutating func number(for reply: [UInt8]) -> UInt32 {
    if Bool.random(using: &generator) { return Self.numbers.randomElement(using: &generator) ?? 0 }
    let near = UInt32.random(in: 0...48, using: &generator)
    return UInt32(truncatingIfNeeded: reply.count) &+ 8 &- near
  }

  private func put(_ number: UInt32, at offset: Int, in reply: inout [UInt8]) {
    guard offset + 4 <= reply.count else { return }
    for index in 0..<4 { reply[offset + index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
  }
}
