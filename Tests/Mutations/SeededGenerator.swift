/// Numbers that look random and are the same in every run (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// Starts the sequence that `seed` stands for.
  public init(seed: UInt64) { state = seed }

  /// The next of the sequence.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  /// `count` bytes of `alphabet`.
  public mutating func bytes(_ count: Int, of alphabet: some Collection<UInt8>) -> [UInt8] {
    (0..<count).map { _ in alphabet.randomElement(using: &self) ?? 0 }
  }

  /// A number of any magnitude: one as small as 7 is as likely as one near the maximum.
  public mutating func number<Number: FixedWidthInteger & UnsignedInteger>(
    as type: Number.Type = Number.self
  ) -> Number {
    let bits = Int.random(in: 0...Number.bitWidth, using: &self)
    return bits == 0 ? 0 : Number.random(in: 0...(.max >> (Number.bitWidth - bits)), using: &self)
  }
}
