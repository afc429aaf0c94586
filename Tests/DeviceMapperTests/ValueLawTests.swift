import Mutations
import Testing

/// The laws that `Fuzz` tries on millions of inputs, on some of them.
struct ValueLawTests {
  @Test(arguments: [ValueLaw.target, .status])
  func `every recorded line is read and printed`(law: ValueLaw) throws {
    for line in law.recorded { #expect(try law.check(Array(line.utf8)), "\(line)") }
  }

  @Test(arguments: ValueLaw.allCases)
  func `no mutated text stops a parser, and what is read is printed`(law: ValueLaw) throws {
    let lines = law.recorded.map { Array($0.utf8) }
    var mutator = TextMutator(seed: 1)
    var readCount = 0
    for _ in 0..<5_000 {
      guard let line = lines.randomElement(using: &mutator.generator),
        let other = lines.randomElement(using: &mutator.generator)
      else { continue }
      if try law.check(mutator.mutate(line, with: other)) { readCount += 1 }
    }
    #expect(readCount > 100)
  }
}
