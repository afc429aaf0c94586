/// How the log of a mirror is doing, the last part of a `mirror` status.
///
/// Text: `1 core`, `3 disk DEVICE LETTER`, what a daemon answers, or `userspace 1 COM_FAILURE` if it
/// doesn't.
public struct MirrorLogStatus: Hashable, Sendable, Codable {
  /// The kind of log, such as `core`, `disk` or `clustered-disk`.
  public var type: TargetWord
  /// The device that holds the log, if there is one.
  public var device: Device?
  /// How that device is doing.
  public var state: MirrorLogState?
  /// Whether the daemon that keeps the log didn't answer.
  public var isUnreachable: Bool
  /// Further words of a log that this version doesn't know.
  public var arguments: [TargetWord]

  private init(type: TargetWord) {
    self.type = type
    isUnreachable = false
    arguments = []
  }

  /// A log in memory.
  public static let core = MirrorLogStatus(type: "core")

  /// A log on a device.
  public static func disk(_ device: Device, _ state: MirrorLogState) -> MirrorLogStatus {
    var status = MirrorLogStatus(type: "disk")
    status.device = device
    status.state = state
    return status
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    if let word = fields.peek(), !word.bytes.isDecimal {
      // A kernel that got no answer from the daemon begins with the name instead of a count.
      self.init(type: try fields.openWord("log", expected: "a kind of log"))
      let _: UInt32 = try fields.number("log argument count", in: 1...1)
      guard fields.skip("COM_FAILURE") else {
        throw fields.missing("log status", expected: "COM_FAILURE")
      }
      isUnreachable = true
      return
    }
    let count: UInt32 = try fields.number("log argument count", in: 1...UInt32.max)
    var part = try fields.words(count, "log argument count")
    self.init(type: try part.openWord("log", expected: "a kind of log"))
    if count == 3 {
      var disk = part
      if let device = try? disk.deviceNumber("log device"),
        let state: MirrorLogState = try? disk.letter("log state")
      {
        self.device = device
        self.state = state
        return
      }
    }
    while !part.isAtEnd() { arguments.append(try part.openWord("log argument")) }
  }

  func write(to text: inout TextWriter) {
    if isUnreachable {
      text.openWord(type)
      text.word("1")
      text.word("COM_FAILURE")
      return
    }
    text.group { text in
      text.openWord(type)
      if let device { text.device(device) }
      if let state { text.word(state.letter) }
      for word in arguments { text.openWord(word) }
    }
  }
}

/// How the device of a mirror's log is doing.
public enum MirrorLogState: LetterKeyword {
  /// It works (`A`).
  case alive
  /// A write failed (`D`).
  case failed
  /// A flush of a copy failed, so the log can't be trusted (`F`).
  case flushFailed

  /// The word in JSON.
  public var keyword: StaticString {
    switch self {
    case .alive: "alive"
    case .failed: "failed"
    case .flushFailed: "flush_failed"
    }
  }

  var letter: StaticString {
    switch self {
    case .alive: "A"
    case .failed: "D"
    case .flushFailed: "F"
    }
  }
}
