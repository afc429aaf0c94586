import Glibc

/// What the command line says.
struct Options {
  static let usage = """
    Usage: Fuzz [--seed NUMBER] [--inputs NUMBER] [--seconds NUMBER] [--only NUMBER]

    Hands mutated texts and replies to every parser, and checks that none of them stops the program
    and that what is read is printed as text that is read as the same. Ends with 1 and the input if
    not. Input NUMBER of a seed is always the same, and --only repeats that one.

    """

  var seed = UInt64.random(in: 0...999_999_999)
  var inputs: UInt64 = 3_000_000
  var seconds: UInt64 = 120
  var only: UInt64?

  /// Reads the words of the command line, or returns `nil`.
  init?(_ words: some Sequence<String>) {
    var words = words.makeIterator()
    while let word = words.next() {
      guard let number = words.next().flatMap({ UInt64($0) }) else { return nil }
      switch word {
      case "--seed": seed = number
      case "--inputs": inputs = number
      case "--seconds": seconds = number
      case "--only": only = number
      default: return nil
      }
    }
  }
}
