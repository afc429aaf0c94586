extension IntegrityFeatures {
  init(fields: inout FieldScanner) throws(ParseError) {
    var features = Self()
    try fields.group("feature count") { fields throws(ParseError) in
      let word = try fields.word("feature", escaped: true)
      switch word {
      case "recalculate":
        if features.recalculation == nil { features.recalculation = .resumed }
      case "reset_recalculate": features.recalculation = .restarted
      case "allow_discards":
        if features.discards == nil { features.discards = .allowed }
      case "allow_discards_keyed": features.discards = .allowedKeyed
      case "fix_padding": features.fixesPadding = true
      case "fix_hmac": features.fixesHMAC = true
      case "legacy_recalculate": features.allowsLegacyRecalculation = true
      default:
        if try !features.readNumber(word, fields), try !features.readValue(word, fields),
          let word = TargetWord(bytes: word.bytes)
        {
          features.unknown.append(word)
        }
      }
    }
    self = features
  }

  private mutating func readNumber(
    _ word: borrowing Word, _ fields: borrowing FieldScanner
  ) throws(ParseError) -> Bool {
    if let value = word.dropping("interleave_sectors:") {
      interleaveSectors = try fields.number(in: value, "interleave sectors")
    } else if let value = word.dropping("buffer_sectors:") {
      bufferSectors = try fields.number(in: value, "buffer sectors")
    } else if let value = word.dropping("journal_sectors:") {
      journalSectors = try fields.number(in: value, "journal sectors")
    } else if let value = word.dropping("journal_watermark:") {
      journalWatermark = try fields.number(in: value, "journal watermark", from: 0...100)
    } else if let value = word.dropping("commit_time:") {
      commitTime = try fields.number(in: value, "commit time")
    } else if let value = word.dropping("sectors_per_bit:") {
      sectorsPerBit = try fields.number(in: value, "sectors per bit")
    } else if let value = word.dropping("bitmap_flush_interval:") {
      bitmapFlushInterval = try fields.number(in: value, "bitmap flush interval")
    } else if let value = word.dropping("block_size:") {
      let size: UInt32 = try fields.number(in: value, "block size")
      blockSize = Bytes(size)
    } else {
      return false
    }
    return true
  }

  private mutating func readValue(
    _ word: borrowing Word, _ fields: borrowing FieldScanner
  ) throws(ParseError) -> Bool {
    if let value = word.dropping("meta_device:") {
      metaDevice = try fields.device(in: value, "meta device")
    } else if let value = word.dropping("internal_hash:") {
      internalHash = try fields.algorithm(value, "internal hash")
    } else if let value = word.dropping("journal_crypt:") {
      journalCrypt = try fields.algorithm(value, "journal crypt")
    } else if let value = word.dropping("journal_mac:") {
      journalMAC = try fields.algorithm(value, "journal mac")
    } else {
      return false
    }
    return true
  }

  func write(to text: inout TextWriter) {
    text.group { text in
      if let metaDevice {
        text.word("meta_device:")
        text.append(device: metaDevice)
      }
      if let blockSize { text.text("block_size:\(blockSize.rawValue)") }
      if recalculation != nil { text.word("recalculate") }
      if recalculation == .restarted { text.word("reset_recalculate") }
      if let discards { text.keyword(discards) }
      // The order of Linux 7.2; older kernels have the journal's length first.
      if let interleaveSectors { text.text("interleave_sectors:\(interleaveSectors)") }
      if let bufferSectors { text.text("buffer_sectors:\(bufferSectors)") }
      if let journalSectors { text.text("journal_sectors:\(journalSectors)") }
      if let journalWatermark { text.text("journal_watermark:\(journalWatermark)") }
      if let commitTime { text.text("commit_time:\(commitTime)") }
      if let sectorsPerBit { text.text("sectors_per_bit:\(sectorsPerBit)") }
      if let bitmapFlushInterval {
        text.text("bitmap_flush_interval:\(bitmapFlushInterval)")
      }
      if fixesPadding { text.word("fix_padding") }
      if fixesHMAC { text.word("fix_hmac") }
      if allowsLegacyRecalculation { text.word("legacy_recalculate") }
      internalHash?.write(behind: "internal_hash:", to: &text)
      journalCrypt?.write(behind: "journal_crypt:", to: &text)
      journalMAC?.write(behind: "journal_mac:", to: &text)
      for word in unknown { text.openWord(word) }
    }
  }
}

extension FieldScanner {
  fileprivate func algorithm(
    _ word: borrowing Word, _ field: StaticString
  ) throws(ParseError) -> IntegrityAlgorithm {
    guard let algorithm = IntegrityAlgorithm(word: word) else {
      throw unexpected(word, field, expected: "an algorithm and perhaps a key in hexadecimal")
    }
    return algorithm
  }
}
