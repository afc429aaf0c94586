extension RaidOptions {
  /// The numbers that the kernel reads: those of a signed 32-bit integer from zero on.
  static let numbers: ClosedRange<UInt32> = 0...0x7fff_ffff

  /// Reads one option with its value, if it has one.
  mutating func read(_ fields: inout FieldScanner) throws(ParseError) {
    let word = try fields.word("option", escaped: true)
    if let value = Synchronization(ignoringCase: word) {
      try Self.once(&synchronization, value, &fields)
    } else if word.isEqualIgnoringCase("raid10_use_near_sets") {
      usesNearSets = true
    } else if word.isEqualIgnoringCase("rebuild") {
      rebuild.append(try fields.number("rebuild", in: Self.numbers))
    } else if word.isEqualIgnoringCase("daemon_sleep") {
      try Self.once(&daemonSleep, try fields.number("daemon sleep", in: Self.numbers), &fields)
    } else if word.isEqualIgnoringCase("min_recovery_rate") {
      let rate: UInt32 = try fields.number("minimum recovery rate", in: Self.numbers)
      try Self.once(&minimumRecoveryRate, rate, &fields)
    } else if word.isEqualIgnoringCase("max_recovery_rate") {
      let rate: UInt32 = try fields.number("maximum recovery rate", in: Self.numbers)
      try Self.once(&maximumRecoveryRate, rate, &fields)
    } else if word.isEqualIgnoringCase("write_mostly") {
      let index: UInt32 = try fields.number("write mostly", in: Self.numbers)
      if !writeMostly.contains(index) { writeMostly.append(index) }
    } else if word.isEqualIgnoringCase("max_write_behind") {
      try Self.once(&maximumWriteBehind, try fields.quantity("maximum write behind"), &fields)
    } else if word.isEqualIgnoringCase("stripe_cache") {
      try Self.once(&stripeCache, try fields.number("stripe cache", in: Self.numbers), &fields)
    } else if word.isEqualIgnoringCase("region_size") {
      try Self.once(&regionSize, try fields.quantity("region size"), &fields)
    } else {
      try readNewer(word, &fields)
    }
  }

  private mutating func readNewer(
    _ word: borrowing Word, _ fields: inout FieldScanner
  ) throws(ParseError) {
    if word.isEqualIgnoringCase("raid10_copies") {
      try Self.once(&raid10Copies, try fields.number("raid10 copies", in: Self.numbers), &fields)
    } else if word.isEqualIgnoringCase("raid10_format") {
      let format: Raid10Format = try fields.keyword("raid10 format", ignoringCase: true)
      try Self.once(&raid10Format, format, &fields)
    } else if word.isEqualIgnoringCase("delta_disks") {
      // A kernel that has removed the devices prints 0, which it doesn't take.
      let delta = try fields.signedNumber("delta disks")
      if delta != 0 { try Self.once(&deltaDisks, delta, &fields) }
    } else if word.isEqualIgnoringCase("data_offset") {
      try Self.once(&dataOffset, try fields.quantity("data offset"), &fields)
    } else if word.isEqualIgnoringCase("journal_dev") {
      try Self.once(&journalDevice, try fields.device("journal device"), &fields)
    } else if word.isEqualIgnoringCase("journal_mode") {
      let mode: JournalMode = try fields.keyword("journal mode", ignoringCase: true)
      try Self.once(&journalMode, mode, &fields)
    } else if let word = TargetWord(bytes: word.bytes) {
      unknown.append(word)
    }
  }

  private static func once<Value>(
    _ slot: inout Value?, _ value: Value, _ fields: inout FieldScanner
  ) throws(ParseError) {
    if slot != nil {
      throw fields.rejected(ParameterError(.raid, "options", rule: "without repetition"))
    }
    slot = value
  }

  func write(to text: inout TextWriter) {
    if let synchronization { text.keyword(synchronization) }
    for index in rebuild { text.pair("rebuild", index) }
    if let daemonSleep { text.pair("daemon_sleep", daemonSleep) }
    if let minimumRecoveryRate { text.pair("min_recovery_rate", minimumRecoveryRate) }
    if let maximumRecoveryRate { text.pair("max_recovery_rate", maximumRecoveryRate) }
    for index in writeMostly { text.pair("write_mostly", index) }
    if let maximumWriteBehind { text.pair("max_write_behind", maximumWriteBehind.rawValue) }
    if let stripeCache { text.pair("stripe_cache", stripeCache) }
    if let regionSize { text.pair("region_size", regionSize.rawValue) }
    if let raid10Copies { text.pair("raid10_copies", raid10Copies) }
    if let raid10Format {
      text.word("raid10_format")
      text.keyword(raid10Format)
    }
    if usesNearSets { text.word("raid10_use_near_sets") }
    if let deltaDisks {
      text.word("delta_disks")
      text.signedNumber(deltaDisks)
    }
    if let dataOffset { text.pair("data_offset", dataOffset.rawValue) }
    if let journalDevice {
      text.word("journal_dev")
      text.device(journalDevice)
    }
    if let journalMode {
      text.word("journal_mode")
      text.keyword(journalMode)
    }
    for word in unknown { text.openWord(word) }
  }
}
