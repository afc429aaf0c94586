import Glibc
import Mutations

/// Throws mutated texts and replies at the parsers.
@main
struct Fuzz {
  private let seed: UInt64
  private let texts = ValueLaw.allCases.map { ($0, $0.recorded.map { Array($0.utf8) }) }
  private let replies = ReplyLaw.allCases.map { ($0, $0.replies) }
  private var readCount = 0

  init(seed: UInt64) { self.seed = seed }

  static func main() {
    guard let options = Options(CommandLine.arguments.dropFirst()) else {
      print(Options.usage)
      exit(2)
    }
    print("seed \(options.seed), at most \(options.inputs) inputs in \(options.seconds) s")
    // Every stream: what was printed must not be lost in a trap.
    fflush(nil)
    Watch.begin()
    var fuzz = Fuzz(seed: options.seed)
    do throws(Violation) {
      if let only = options.only {
        try fuzz.run(only, isShown: true)
      } else {
        try fuzz.run(options)
      }
    } catch {
      print("FAILED: \(error)")
      exit(1)
    }
  }

  private mutating func run(_ options: Options) throws(Violation) {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .seconds(Int64(clamping: options.seconds)))
    var number: UInt64 = 0
    while number < options.inputs, number % 1024 != 0 || clock.now < end {
      Watch.note(number)
      do { try run(number, isShown: false) } catch {
        print("input \(number) of seed \(seed)")
        throw error
      }
      number += 1
    }
    print("\(number) inputs, \(readCount) of them read: no trap, no hang, no law broken")
  }

  /// Runs input `number`, which follows from it and the seed alone.
  private mutating func run(_ number: UInt64, isShown: Bool) throws(Violation) {
    var text = TextMutator(seed: seed &* 0x9e37_79b9_7f4a_7c15 ^ number)
    // A reply is more bytes than a line and takes longer; a quarter are replies.
    if Int.random(in: 0..<4, using: &text.generator) == 0 {
      guard let (law, replies) = replies.randomElement(using: &text.generator),
        let reply = replies.randomElement(using: &text.generator)
      else { return }
      var mutator = ReplyMutator(seed: text.generator.next())
      let input = mutator.mutate(reply)
      if isShown { print(Violation("\(law)", input)) }
      if try law.check(input) { readCount += 1 }
    } else {
      guard let (law, lines) = texts.randomElement(using: &text.generator),
        let line = lines.randomElement(using: &text.generator),
        let other = lines.randomElement(using: &text.generator)
      else { return }
      var input = text.mutate(line, with: other)
      if law == .table, Bool.random(using: &text.generator) {
        input += [UInt8(ascii: "\n")] + text.mutate(other, with: line)
      }
      if isShown { print(Violation("\(law)", input)) }
      if try law.check(input) { readCount += 1 }
    }
  }
}
