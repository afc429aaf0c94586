import DeviceMapperTargets
import Testing

struct VdoReportTests {
  private static let bios =
    "{ read : 1, write : 2, emptyFlush : 3, discard : 4, flush : 5, fua : 6, }"

  /// The form of a reply to `stats`, with every kind of value and depth that it has.
  private static let statistics = """
    { version : 36, dataBlocksUsed : 560, overheadBlocksUsed : 1087370, \
    logicalBlocksUsed : 16478, physicalBlocks : 62911488, logicalBlocks : 5243136, \
    blockSize : 4096, mode : normal, inRecoveryMode : 0, recoveryPercentage : 100, \
    journal : { diskFull : 0, entries : { started : 17136, committed : 17136, }, }, \
    errors : { invalidAdvicePBNCount : 0, noSpaceErrorCount : 7, }, \
    biosIn : { read : 349, write : 17042, }, biosOut : { write : 586, }, \
    biosMeta : { write : 165, }, biosJournal : \(bios), }
    """

  private static let configuration = """
    { version : 1, physicalSize : 8589934592, logicalSize : 4294967296, slabSize : 32768, \
    index : { memorySize : 0.25, isSparse : 0, }, }
    """

  @Test(arguments: [statistics, configuration, "{ }"])
  func `a report is printed as it was read`(text: String) throws {
    let report = try VdoReport(parsing: text)
    #expect(report.description == text)
    try expectJSONRoundTrip(report)
    #expect(try VdoReport(parsing: text + " \n") == report)
  }

  @Test func `values that aren't numbers as the kernel prints them stay words`() throws {
    let report = try VdoReport(parsing: "{ a : 007, b : -1, c : 18446744073709551616, }")
    #expect(report["a"] == .word("007"))
    #expect(report["b"]?.word == "-1")
    #expect(report["c"]?.word == "18446744073709551616")
    try expectJSONRoundTrip(report)
  }

  @Test func `values are found under their names`() throws {
    let report = try VdoReport(parsing: Self.configuration)
    #expect(report["index", "memorySize"] == .word("0.25"))
    #expect(report["index", "isSparse"]?.number == 0)
    #expect(report["index"]?.group?.entries.map(\.name) == ["memorySize", "isSparse"])
    #expect(report["index", "isSparse", "deeper"] == nil)
    #expect(report["nowhere"] == nil)
    #expect(report[] == nil)
  }

  @Test func `figures and what follows from them`() throws {
    let statistics = try VdoStatistics(parsing: Self.statistics)
    #expect(statistics.version == 36)
    #expect(statistics.mode == .normal)
    #expect(statistics.isInRecovery == false)
    #expect(statistics.recoveryPercentage == 100)
    #expect(statistics.noSpaceErrors == 7)
    #expect(statistics.logicalBlocks == 5_243_136)
    #expect(statistics.physical == Usage(used: 1_087_930, total: 62_911_488))
    #expect(statistics.savedFraction == 1 - 560.0 / 16478)
    #expect(statistics.writeAmplification == (586.0 + 165) / 17042)
    try expectJSONRoundTrip(statistics)
    let empty = try VdoStatistics(parsing: "{ mode : recovering, inRecoveryMode : 1, }")
    #expect(empty.mode == .recovering)
    #expect(empty.physical == nil)
    #expect(empty.savedFraction == nil)
    #expect(empty.writeAmplification == nil)
  }

  @Test func `a configuration is read as the kernel spaces it`() throws {
    let spaced =
      "{ version : 1, physicalSize : 8589934592, logicalSize : 4294967296, "
      + "slabSize : 32768, index :  { memorySize : 0.25, isSparse : 0, }, }"
    let configuration = try VdoConfiguration(parsing: spaced)
    #expect(configuration.report.description == Self.configuration)
    #expect(configuration.version == 1)
    #expect(configuration.physicalSize == Bytes(8 << 30))
    #expect(configuration.logicalSize == Bytes(4 << 30))
    #expect(configuration.slabSize == 32_768)
    #expect(configuration.indexMemory == .quarter)
    #expect(configuration.hasSparseIndex == false)
    try expectJSONRoundTrip(configuration)
    let whole = try VdoConfiguration(parsing: "{ index : { memorySize : 2, }, }")
    #expect(whole.indexMemory == .gibibytes(2))
    #expect(try VdoConfiguration(parsing: "{ }").indexMemory == nil)
  }

  @Test(arguments: [
    ("", 0), ("a : 1", 0), ("{", 1), ("{ a", 3), ("{ a : ", 6), ("{ a : 1", 6), ("{ a : 1, ", 9),
    ("{ a : {}, }", 6),
    ("{ a 1, }", 4), ("{ a : , }", 6), ("{ a : 1, a : 2, }", 9), ("{ a-b : 1, }", 2),
    ("{ a : 1, } x", 11), ("{ a : { b : 1, }, }, ", 18), ("{ a : x}y, }", 6),
    ("{ a : \u{e4}, }", 6),
  ])
  func `a text that is no report is refused where it isn't`(text: String, offset: Int) {
    let error = #expect(throws: ParseError.self) { try VdoReport(parsing: text) }
    #expect(error?.offset == offset)
    #expect(error?.target == .vdo)
  }

  @Test func `groups aren't nested without end`() {
    let text = String(repeating: "{ a : ", count: 100_000)
    #expect(throws: ParseError.self) { try VdoReport(parsing: text) }
  }

  @Test func `what no report holds is refused in JSON`() {
    expectRefusedJSON(VdoReport.self, #"{"a b":1}"#)
    expectRefusedJSON(VdoReport.self, #"{"a":"12"}"#)
    expectRefusedJSON(VdoReport.self, #"{"a":"x,"}"#)
    expectRefusedJSON(VdoReport.self, #"{"a":[1]}"#)
  }
}
