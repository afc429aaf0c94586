import DeviceMapperTargets
import Testing

@testable import FilemapStats

struct CountersTests {
  private let region = Region(id: 0, range: SectorRange(start: 0, length: 100), areaSize: 34)

  private func list(_ text: TargetText, of region: Region) throws(ParseError) -> [AreaCounters] {
    var areas: [AreaCounters] = []
    try AreaCounters.read(text.bytes, of: region) { areas.append($0) }
    return areas
  }

  @Test func `rows are read with units and true lengths`() throws {
    let areas = try list(
      "0+34 1 2 3 4 5 6 7 8 9 10 11 12 13\n34+34 0 0 0 0 0 0 0 0 0 0 0 0 0\n68+34 1 0 0 0 0 0 0 0 0 0 0 0 0\n",
      of: region)
    #expect(areas.count == 3)
    #expect(areas[2].range == SectorRange(start: 68, length: 32))
    let counters = areas[0].counters
    #expect(counters.reads == 1)
    #expect(counters.readsMerged == 2)
    #expect(counters.sectorsRead == 3)
    #expect(counters.timeReading == .milliseconds(4))
    #expect(counters.writes == 5)
    #expect(counters.writesMerged == 6)
    #expect(counters.sectorsWritten == 7)
    #expect(counters.timeWriting == .milliseconds(8))
    #expect(counters.inFlight == 9)
    #expect(counters.timeBusy == .milliseconds(10))
    #expect(counters.weightedTimeBusy == .milliseconds(11))
    #expect(counters.timeBusyReading == .milliseconds(12))
    #expect(counters.timeBusyWriting == .milliseconds(13))
    #expect(counters.histogram == nil)
  }

  @Test func `precise times are nanoseconds, and a histogram has its counts`() throws {
    var region = region
    region.isPrecise = true
    region.bounds = try HistogramBounds(parsing: "1us,2us")
    let areas = try list("0+34 0 0 0 4 0 0 0 0 0 0 0 0 0 5:60:7\n", of: region)
    #expect(areas[0].counters.timeReading == .nanoseconds(4))
    #expect(areas[0].counters.histogram?.counts == [5, 60, 7])
  }

  @Test func `a histogram with another number of counts is an error`() throws {
    var region = region
    region.bounds = try HistogramBounds(parsing: "1ms,2ms")
    let error = #expect(throws: ParseError.self) {
      try list("0+34 0 0 0 4 0 0 0 0 0 0 0 0 0 5:60\n", of: region)
    }
    #expect(error?.field == "histogram")
  }

  @Test func `a row that ends too soon is an error`() {
    let error = #expect(throws: ParseError.self) {
      try list("0+34 0 0 0 4 0 0\n", of: region)
    }
    #expect(error?.field == "sectors written")
  }

  private func counters(_ row: String) throws -> Counters {
    try list(TargetText("0+34 \(row)"), of: region)[0].counters
  }

  @Test func `differences and sums are field by field`() throws {
    let earlier = try counters("1 1 1 1 1 1 1 1 1 1 1 1 1")
    let later = try counters("2 3 4 5 6 7 8 9 5 11 12 13 14")
    let delta = try #require(later.since(earlier))
    #expect(delta == (try counters("1 2 3 4 5 6 7 8 5 10 11 12 13")))
    #expect(earlier.since(later) == nil)
    #expect(
      Counters.sum([earlier, later]) == (try counters("3 4 5 6 7 8 9 10 6 12 13 14 15")))
    #expect(Counters.sum([]) == Counters())
  }

  @Test func `rates are right where they are easily wrong`() throws {
    var counters = Counters()
    counters.reads = 100
    counters.writes = 300
    counters.readsMerged = 50
    counters.writesMerged = 20
    counters.sectorsRead = 800
    counters.sectorsWritten = 2400
    counters.timeReading = .milliseconds(200)
    counters.timeWriting = .milliseconds(600)
    counters.timeBusy = .milliseconds(4)
    counters.weightedTimeBusy = .milliseconds(800)
    let rates = Rates(counters, over: .seconds(2))
    #expect(rates.readsPerSecond == 50)
    #expect(rates.writesPerSecond == 150)
    #expect(rates.requestsPerSecond == 200)
    // libdevmapper divides by nanoseconds here.
    #expect(rates.readsMergedPerSecond == 25)
    #expect(rates.writesMergedPerSecond == 10)
    #expect(rates.bytesReadPerSecond == 204_800)
    #expect(rates.bytesWrittenPerSecond == 614_400)
    #expect(rates.averageRequestSectors == 8)
    #expect(rates.averageQueueSize == 0.4)
    #expect(rates.averageWait == .milliseconds(2))
    #expect(rates.averageReadWait == .milliseconds(2))
    #expect(rates.averageWriteWait == .milliseconds(2))
    #expect(rates.utilization == 0.002)
    // libdevmapper has 0 below one per cent.
    #expect(rates.serviceTime == .microseconds(10))
  }

  @Test func `no requests and no time are no division by zero`() {
    let rates = Rates(Counters(), over: .zero)
    #expect(rates.requestsPerSecond == 0)
    #expect(rates.averageWait == nil)
    #expect(rates.averageRequestSectors == nil)
    #expect(rates.serviceTime == nil)
    #expect(rates.utilization == 0)
  }

  @Test func `utilization is never above one`() {
    var counters = Counters()
    counters.reads = 10
    counters.timeBusy = .seconds(5)
    #expect(Rates(counters, over: .seconds(2)).utilization == 1)
    #expect(Rates(counters, over: .seconds(2)).serviceTime == .milliseconds(200))
  }
}
