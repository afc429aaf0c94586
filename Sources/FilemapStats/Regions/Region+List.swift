import DeviceMapperTargets

extension Region {
  /// Reads the reply to `@stats_list`.
  static func list(_ text: TargetText) throws(ParseError) -> [Region] {
    let bytes = text.bytes
    var regions: [Region] = []
    // A row has hardly less; memory that isn't needed is never touched, and what is isn't copied.
    regions.reserveCapacity(bytes.count / 24)
    var shared = SharedTraits.usual
    try RowReader.read(bytes) { (row, rest, repeatsRest) throws(ParseError) in
      if !repeatsRest {
        shared = SharedTraits(
          try RegionTraits(bytes.extracting(rest), base: rest.lowerBound, behind: shared))
      }
      regions.append(Region(row, shared))
    }
    return regions
  }
}

extension RegionTraits {
  /// Reads the program, one piece of data of any bytes, and the kernel's own words behind it.
  ///
  /// - Parameters:
  ///   - text: The end of a row.
  ///   - base: Where it stands in the list.
  ///   - previous: What the region before has, a copy of which will do for what is the same.
  fileprivate init(
    _ text: Span<UInt8>, base: Int, behind previous: SharedTraits
  ) throws(ParseError) {
    var fields = FieldScanner(text, base: base)
    let word = try fields.word("program")
    let known = previous.value.program
    program = known.text.bytes.isEqual(to: word.bytes) ? known : ProgramId(text: word.text)
    var data = text.extracting(droppingFirst: word.offset + word.bytes.count - base)
    if !data.isEmpty { data = data.extracting(droppingFirst: 1) }
    var numbers: Span<UInt8>?
    let key: StaticString = "histogram:"
    if let start = data.lastWord(beginningWith: key) {
      numbers = data.extracting(droppingFirst: start + key.utf8CodeUnitCount)
      data = data.extracting(first: start - 1)
    }
    let flag: StaticString = "precise_timestamps"
    if let start = data.lastWord(beginningWith: flag),
      data.count - start == flag.utf8CodeUnitCount
    {
      isPrecise = true
      data = data.extracting(first: start - 1)
    }
    if let numbers {
      let unit = isPrecise ? TimeUnit.nanosecond : .millisecond
      guard let bounds = Self.bounds(numbers, unit: unit) else {
        throw ParseError(
          .malformed, target: nil, field: "histogram", offset: base + text.count - numbers.count,
          expected: "rising numbers", found: TargetText(bytes: numbers))
      }
      self.bounds = bounds == previous.value.bounds ? previous.value.bounds : bounds
    }
    auxiliary = AuxiliaryData(data)
  }

  private static func bounds(_ text: Span<UInt8>, unit: TimeUnit) -> HistogramBounds? {
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
