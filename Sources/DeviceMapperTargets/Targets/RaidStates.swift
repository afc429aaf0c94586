/// How a device of an array is doing.
public enum RaidDeviceState: Keyword {
  /// It has its part of the data (`A`).
  case inSync
  /// It works and doesn't have all of its part yet (`a`).
  case outOfSync
  /// It had errors and isn't used (`D`).
  case failed
  /// The table has no device there (`-`).
  case missing

  /// The word in JSON.
  public var keyword: StaticString {
    switch self {
    case .inSync: "in_sync"
    case .outOfSync: "out_of_sync"
    case .failed: "failed"
    case .missing: "missing"
    }
  }

  var letter: UInt8 {
    switch self {
    case .inSync: UInt8(ascii: "A")
    case .outOfSync: UInt8(ascii: "a")
    case .failed: UInt8(ascii: "D")
    case .missing: UInt8(ascii: "-")
    }
  }

  /// Reads a word of which each letter is one.
  static func letters(_ fields: inout FieldScanner) throws(ParseError) -> [RaidDeviceState] {
    let expected = "A, a, D or - for each device"
    let word = try fields.word("device states", expected: expected)
    var states: [RaidDeviceState] = []
    states.reserveCapacity(word.bytes.count)
    for index in word.bytes.indices {
      guard let state = RaidDeviceState(letter: word.bytes[index]) else {
        throw fields.unexpected(
          word, "device states", expected: expected, reason: .unknownWord)
      }
      states.append(state)
    }
    return states
  }

  private init?(letter: UInt8) {
    switch letter {
    case Self.inSync.letter: self = .inSync
    case Self.outOfSync.letter: self = .outOfSync
    case Self.failed.letter: self = .failed
    case Self.missing.letter: self = .missing
    default: return nil
    }
  }
}

/// How the journal of an array is doing.
public enum RaidJournalState: LetterKeyword {
  /// There is none (`-`).
  case none
  /// It works, and a write is done when it is on the devices, too (`A`).
  case writeThrough
  /// It works, and a write is done when it is in the journal (`a`; target 1.11.1).
  case writeBack
  /// It had errors (`D`).
  case failed

  /// The word in JSON.
  public var keyword: StaticString {
    switch self {
    case .none: "none"
    case .writeThrough: "writethrough"
    case .writeBack: "writeback"
    case .failed: "failed"
    }
  }

  var letter: StaticString {
    switch self {
    case .none: "-"
    case .writeThrough: "A"
    case .writeBack: "a"
    case .failed: "D"
    }
  }
}

/// What an array is doing.
public enum RaidAction: Keyword {
  /// Nothing but serving requests.
  case idle
  /// Nothing but serving requests, and nothing else will begin.
  case frozen
  /// All devices are made to agree, as at the beginning.
  case resync
  /// Devices that were added are filled.
  case recover
  /// The devices are compared.
  case check
  /// The devices are compared and made to agree.
  case repair
  /// The layout or the number of devices is changed.
  case reshape
  /// The array is set up; a word of the kernel's document.
  case initialize
  /// The kernel doesn't know.
  case undefined

  /// The word in a status.
  public var keyword: StaticString {
    switch self {
    case .idle: "idle"
    case .frozen: "frozen"
    case .resync: "resync"
    case .recover: "recover"
    case .check: "check"
    case .repair: "repair"
    case .reshape: "reshape"
    case .initialize: "init"
    case .undefined: "undef"
    }
  }

  /// Whether this goes on and comes to an end.
  var isWork: Bool {
    switch self {
    case .idle, .frozen, .undefined: false
    case .resync, .recover, .check, .repair, .reshape, .initialize: true
    }
  }
}
