import DeviceMapperTargets
import Testing

@testable import FilemapStats

struct RegionListTests {
  private func list(_ text: String) throws(ParseError) -> [Region] {
    try Region.list(TargetText(text))
  }

  @Test func `rows of a running kernel are read`() throws {
    let regions = try list(
      """
      0: 0+200000 200000 dmstats - histogram:10,20,30
      1: 0+200000 50000 dmstats - precise_timestamps histogram:500000,1000000,2500000000
      7: 16904+2560 2560 dmstats DMS_GROUP=f:7#-

      """)
    #expect(regions.map(\.id) == [0, 1, 7])
    #expect(regions[0].bounds?.description == "10ms,20ms,30ms")
    #expect(!regions[0].isPrecise)
    #expect(regions[0].auxiliary == .none)
    #expect(regions[1].bounds?.description == "500us,1ms,2500ms")
    #expect(regions[1].isPrecise)
    #expect(regions[1].areaCount == 4)
    #expect(regions[2].range == SectorRange(start: 16904, length: 2560))
    #expect(regions[2].leadsGroup)
    #expect(regions[2].auxiliary.tag?.alias?.description == "f")
  }

  @Test func `what differs from the row before is a row's own`() throws {
    var regions = try list(
      """
      0: 0+8 8 a -
      1: 8+8 8 a - histogram:10
      2: 16+8 8 b - histogram:10
      3: 24+8 8 b -
      4: 32+8 8 b -

      """)
    #expect(regions.map(\.program.description) == ["a", "a", "b", "b", "b"])
    #expect(regions.map { $0.bounds != nil } == [false, true, true, false, false])
    regions[3].auxiliary.userData = "mine"
    regions[3].isPrecise = true
    #expect(regions.map(\.auxiliary.userData) == ["", "", "", "mine", ""])
    #expect(regions.map(\.isPrecise) == [false, false, false, true, false])
    #expect(regions[3] != Region(id: 3, range: regions[3].range, program: regions[4].program))
    #expect(regions[4] == Region(id: 4, range: regions[4].range, program: regions[3].program))
  }

  @Test func `no regions are an empty text`() throws { #expect(try list("").isEmpty) }

  @Test func `data with blanks is read whole`() throws {
    let region = try list("3: 8+8 8 my a b  c precise_timestamps\n")[0]
    #expect(region.auxiliary.userData == "a b  c")
    #expect(region.isPrecise)
    #expect(region.program == ProgramId("my"))
  }

  @Test func `words of the kernel are data unless they stand at the end`() throws {
    let region = try list("3: 8+8 8 p precise_timestamps histogram:1 x\n")[0]
    #expect(region.auxiliary.userData == "precise_timestamps histogram:1 x")
    #expect(!region.isPrecise)
    #expect(region.bounds == nil)
  }

  @Test func `a word that only begins like the kernel's is data`() throws {
    let region = try list("3: 8+8 8 p a precise_timestamps2\n")[0]
    #expect(region.auxiliary.userData == "a precise_timestamps2")
  }

  @Test func `somebody's data of several lines hides no region`() throws {
    let regions = try list("0: 8+8 8 p one\ntwo\n3: four\n1: 16+8 8 dmstats -\n")
    #expect(regions.map(\.id) == [0, 1])
    #expect(regions[0].auxiliary.userData == "one\ntwo\n3: four")
  }

  @Test(arguments: [
    ["p a", "p a", "p a"], ["p a", "p b", "p a"], ["p a", "p ab", "p a"],
    ["p one\ntwo", "p one\ntwo", "p one\ntwo\nthree"], ["p one\n\n", "p one\n\n", "p one"],
    ["p", "p", "p é"], ["p eight or more", "p eight or mOre", "p eight or more"],
  ])
  func `what repeats the row before, or nearly does, is read as if alone`(rests: [String]) throws {
    var text = ""
    for (id, rest) in rests.enumerated() { text += "\(id): \(id * 8)+8 8 \(rest)\n" }
    // The last line may have no end.
    for text in [text, String(text.dropLast())] {
      let regions = try list(text)
      #expect(regions.map(\.id) == [0, 1, 2])
      for (region, rest) in zip(regions, rests) {
        let alone = try list("0: 0+8 8 \(rest)\n")[0]
        #expect(region.program == alone.program)
        #expect(region.auxiliary == alone.auxiliary)
      }
    }
  }

  @Test(arguments: [
    ("x: 1+2 2 p -\n", "region", 0), ("1: 1-2 2 p -\n", "range", 3),
    ("1: 1+2 0 p -\n", "area size", 7), ("1: 1+2\n", "area size", 6),
    ("1: 1+2 2\n", "program", 8), ("1: 1+2 2 p - histogram:3,2\n", "histogram", 23),
    ("1: 1+18446744073709551615 2 p -\n", "range", 3),
  ])
  func `a malformed row is an error with its place`(
    text: String, field: String, offset: Int
  ) {
    let error = #expect(throws: ParseError.self) { try list(text) }
    #expect(error?.field == field)
    #expect(error?.offset == offset)
  }

  @Test func `areas have their true length`() {
    // Three areas of a hundred sectors: the kernel prints 68+34 for the last.
    let region = Region(id: 0, range: SectorRange(start: 10, length: 100), areaSize: 34)
    #expect(region.areaCount == 3)
    #expect(region.area(0) == SectorRange(start: 10, length: 34))
    #expect(region.area(2) == SectorRange(start: 78, length: 32))
  }

  @Test func `a message has every word where the kernel looks for it`() throws {
    func text(_ region: NewRegion) -> String {
      var writer = TextWriter()
      region.write(to: &writer)
      return writer.text.description
    }
    #expect(text(NewRegion()) == "@stats_create - /1 0 dmstats -")
    let range = SectorRange(start: 8, length: 80)
    #expect(
      text(NewRegion(range, step: .size(16), precise: true))
        == "@stats_create 8+80 16 1 precise_timestamps dmstats -")
    let bounds = try HistogramBounds(parsing: "10ms,20")
    #expect(
      text(NewRegion(range, bounds: bounds, program: try #require(ProgramId("12"))))
        == "@stats_create 8+80 /1 1 histogram:10,20 12 -")
    let fine = try HistogramBounds(parsing: "10us,20ms")
    let data = AuxiliaryData(userData: #"a b\c"#)
    #expect(
      text(NewRegion(range, bounds: fine, auxiliary: data))
        == #"@stats_create 8+80 /1 2 precise_timestamps histogram:10000,20000000 dmstats a\ b\\c"#)
  }

  @Test func `what the kernel would take for something else is refused`() {
    #expect(throws: StatsError.self) {
      try NewRegion(SectorRange(start: 0, length: 0)).check()
    }
    #expect(throws: StatsError.self) { try NewRegion(step: .count(0)).check() }
    #expect(throws: StatsError.self) { try NewRegion(step: .size(0)).check() }
    let error = #expect(throws: StatsError.self) {
      try NewRegion(auxiliary: AuxiliaryData(userData: "a\nb")).check()
    }
    #expect(error?.code == .invalidUserData)
    #expect(error?.context == .byte(UInt8(ascii: "\n"), offset: 1))
  }

  @Test(arguments: ["", "a b", "a\tb", "a\u{0}"])
  func `a program's name is one word`(name: String) { #expect(ProgramId(name) == nil) }
}
