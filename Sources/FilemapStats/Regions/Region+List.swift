import DeviceMapperTargets

extension Region {
  /// Reads the reply to `@stats_list`.
  ///
  /// Names and data of any program stand in it as they are. What looks like no region's row is taken
  /// to belong to the data of the row before it, so that nobody's data hides a region.
  static func list(_ text: TargetText) throws(ParseError) -> [Region] {
    let bytes = text.bytes
    var regions: [Region] = []
    // A row has hardly less; memory that isn't needed is never touched, and what is isn't copied.
    regions.reserveCapacity(bytes.count / 24)
    var shared = Shared()
    var start = 0
    while start < bytes.count {
      var end = bytes.endOfLine(from: start)
      while end < bytes.count, end + 1 < bytes.count, !bytes.beginsRow(at: end + 1) {
        end = bytes.endOfLine(from: end + 1)
      }
      var fields = FieldScanner(bytes.extracting(start..<end), base: start)
      let row = bytes.extracting(start..<end)
      regions.append(try Region(&fields, row, base: start, &shared))
      start = end + 1
    }
    return regions
  }

  /// What a region has of the one before it, mostly: one copy will do.
  private struct Shared {
    var program = ProgramId.none
    var bounds: HistogramBounds?
  }

  /// Reads a row.
  private init(
    _ fields: inout FieldScanner, _ row: Span<UInt8>, base: Int, _ shared: inout Shared
  ) throws(ParseError) {
    let idWord = try fields.word("region", expected: "ID:")
    let idDigits = idWord.bytes.extracting(droppingLast: 1)
    guard idWord.bytes[idWord.bytes.count - 1] == UInt8(ascii: ":"),
      let number = idDigits.decimalValue, let id = UInt32(exactly: number)
    else { throw fields.unexpected(idWord, "region", expected: "ID:") }
    let rangeWord = try fields.word("range", expected: "START+LENGTH")
    guard let range = SectorRange(rangeWord.bytes) else {
      throw fields.unexpected(rangeWord, "range", expected: "START+LENGTH")
    }
    let stepWord = try fields.word("area size", expected: "a number")
    guard let step = stepWord.bytes.decimalValue, step > 0 else {
      throw fields.unexpected(stepWord, "area size", expected: "a number")
    }
    let programWord = try fields.word("program")
    if !shared.program.text.bytes.isEqual(to: programWord.bytes) {
      shared.program = ProgramId(text: programWord.text)
    }
    // What follows the program is one piece of data of any bytes, and the kernel's own words
    // behind it.
    var data = row.extracting(droppingFirst: programWord.offset + programWord.bytes.count - base)
    if !data.isEmpty { data = data.extracting(droppingFirst: 1) }
    var numbers: Span<UInt8>?
    let key: StaticString = "histogram:"
    if let start = data.lastWord(beginningWith: key) {
      numbers = data.extracting(droppingFirst: start + key.utf8CodeUnitCount)
      data = data.extracting(first: start - 1)
    }
    var isPrecise = false
    let flag: StaticString = "precise_timestamps"
    if let start = data.lastWord(beginningWith: flag),
      data.count - start == flag.utf8CodeUnitCount
    {
      isPrecise = true
      data = data.extracting(first: start - 1)
    }
    var bounds: HistogramBounds?
    if let numbers {
      bounds = Self.bounds(
        numbers, unit: isPrecise ? .nanosecond : .millisecond, sharedWith: shared.bounds)
      shared.bounds = bounds
      guard bounds != nil else {
        throw ParseError(
          .malformed, target: nil, field: "histogram", offset: base + row.count - numbers.count,
          expected: "rising numbers", found: TargetText(bytes: numbers))
      }
    }
    let isEmpty = data.count == 1 && data[0] == UInt8(ascii: "-")
    self.init(
      id: RegionId(rawValue: id), range: range, areaSize: Sectors(rawValue: step),
      program: shared.program,
      auxiliary: isEmpty ? .none : AuxiliaryData(text: TargetText(bytes: data)),
      isPrecise: isPrecise, bounds: bounds)
  }

  private static func bounds(
    _ text: Span<UInt8>, unit: TimeUnit, sharedWith previous: HistogramBounds?
  ) -> HistogramBounds? {
    var numbers: [UInt64] = []
    var start = 0
    var last: UInt64 = 0
    while start <= text.count {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: ",") { end += 1 }
      guard let number = text.extracting(start..<end).decimalValue else { return nil }
      let (value, overflow) = number.multipliedReportingOverflow(by: unit.nanoseconds)
      guard !overflow, value > last else { return nil }
      numbers.append(value)
      last = value
      start = end + 1
    }
    // The regions of a file have the same bounds, of which one copy will do.
    if let previous, previous.nanoseconds == numbers { return previous }
    return HistogramBounds(inOrder: numbers)
  }
}

extension SectorRange {
  /// Reads `START+LENGTH`.
  init?(_ word: Span<UInt8>) {
    guard let plus = word.position(of: UInt8(ascii: "+")),
      let start = word.extracting(first: plus).decimalValue,
      let length = word.extracting(droppingFirst: plus + 1).decimalValue,
      !start.addingReportingOverflow(length).overflow
    else { return nil }
    self.init(start: Sectors(rawValue: start), length: Sectors(rawValue: length))
  }
}
