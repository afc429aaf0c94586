extension WritecacheOptions {
  init(fields: inout FieldScanner) throws(ParseError) {
    self.init()
    var options = self
    try fields.group("option count") { fields throws(ParseError) in try options.read(&fields) }
    // Target version 1.3 prints `max_age` and doesn't count it.
    while !fields.isAtEnd() { try options.read(&fields) }
    do { try options.check() } catch { throw fields.rejected(error) }
    self = options
  }

  /// Reads one option with its value.
  private mutating func read(_ fields: inout FieldScanner) throws(ParseError) {
    let word = try fields.openWord("option")
    if word.isEqualIgnoringCase("start_sector") {
      startSector = try fields.quantity("start sector")
    } else if word.isEqualIgnoringCase("high_watermark") {
      highWatermark = try fields.number("high watermark", in: 0...100)
    } else if word.isEqualIgnoringCase("low_watermark") {
      lowWatermark = try fields.number("low watermark", in: 0...100)
    } else if word.isEqualIgnoringCase("writeback_jobs") {
      writebackJobs = try fields.number("writeback jobs")
    } else if word.isEqualIgnoringCase("autocommit_blocks") {
      autocommitBlocks = try fields.number("autocommit blocks")
    } else if word.isEqualIgnoringCase("autocommit_time") {
      autocommitTime = try fields.number("autocommit time", in: 0...Self.greatestAutocommitTime)
    } else if word.isEqualIgnoringCase("max_age") {
      maximumAge = try fields.number("maximum age", in: 0...Self.greatestMaximumAge)
    } else if word.isEqualIgnoringCase("cleaner") {
      isCleaner = true
    } else if word.isEqualIgnoringCase("fua") {
      usesFUA = true
    } else if word.isEqualIgnoringCase("nofua") {
      usesFUA = false
    } else if word.isEqualIgnoringCase("metadata_only") {
      cachesMetadataOnly = true
    } else if word.isEqualIgnoringCase("pause_writeback") {
      pauseWriteback = try fields.number(
        "pause of writeback", in: 0...Self.greatestPauseOfWriteback)
    } else {
      unknown.append(word)
    }
  }

  func write(to text: inout TextWriter) {
    text.group { text in
      if startSector > 0 {
        text.word("start_sector")
        text.quantity(startSector)
      }
      text.option("high_watermark", highWatermark)
      text.option("low_watermark", lowWatermark)
      text.option("writeback_jobs", writebackJobs)
      text.option("autocommit_blocks", autocommitBlocks)
      text.option("autocommit_time", autocommitTime)
      text.option("max_age", maximumAge)
      if isCleaner { text.word("cleaner") }
      if let usesFUA { text.word(usesFUA ? "fua" : "nofua") }
      if cachesMetadataOnly { text.word("metadata_only") }
      text.option("pause_writeback", pauseWriteback)
      for word in unknown { text.openWord(word) }
    }
  }
}

extension TextWriter {
  /// Appends a key and a number, or nothing where there is none.
  mutating func option(_ key: StaticString, _ value: (some FixedWidthInteger & UnsignedInteger)?) {
    guard let value else { return }
    word(key)
    number(value)
  }
}
