import DeviceMapperTargets
import Testing

struct QuantityTrapTests {
  enum Trap: String, CaseIterable, Codable {
    case sumOverflows, differenceBelowZero, productOverflows, negativeFactor, quotientByZero
    case quotientByNegative, quotientByNoSectors, remainderByZero, remainderByNegative
    case remainderByNoSectors
    case negativeCount, tooGreatCount, sequenceOverflows, roundedDownToZero, roundedUpToZero
    case bytesOverflow

    func spring() {
      switch self {
      case .sumOverflows: _ = Sectors.max + 1
      case .differenceBelowZero: _ = Sectors(1) - 2
      case .productOverflows: _ = Sectors.max * 2
      case .negativeFactor: _ = Sectors(1) * -1
      case .quotientByZero: _ = Sectors(1) / 0
      case .quotientByNegative: _ = Sectors(1) / -1
      case .quotientByNoSectors: _ = Sectors(1) / Sectors.zero
      case .remainderByZero: _ = Sectors(1) % 0
      case .remainderByNegative: _ = Sectors(1) % -1
      case .remainderByNoSectors: _ = Sectors(1) % Sectors.zero
      case .negativeCount: _ = Sectors(Int("-1") ?? 0)
      case .tooGreatCount: _ = Sectors(UInt128.max)
      case .sequenceOverflows: _ = [Sectors.max, 1].sum()
      case .roundedDownToZero: _ = Sectors(1).roundedDown(toMultipleOf: 0)
      case .roundedUpToZero: _ = Sectors(1).roundedUp(toMultipleOf: 0)
      case .bytesOverflow: _ = Bytes.max + 1
      }
    }
  }

  @Test(arguments: Trap.allCases)
  func `what can't be counted stops the program`(trap: Trap) async {
    await #expect(processExitsWith: .failure) { [trap = trap as Trap] in trap.spring() }
  }
}
