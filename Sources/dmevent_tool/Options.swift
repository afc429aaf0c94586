import DeviceMapper

/// What the command line says.
struct Options: Equatable {
  /// What is to be done.
  enum Action: Equatable {
    case monitor, query, listEvents, help, version
  }

  var action = Action.monitor
  var families: Set<DmEvent.Family> = []
  var ignoredUuids: [String] = []
  var pidfile: String?
  var isForeground = false
  var isDebug = false
  var isVerbose = false
  var isJSON = false
  var endsAfterOne = false
}

/// A command line that makes no sense.
struct UsageError: Error {
  var message: String
  init(_ message: String) { self.message = message }
}

extension Options {
  /// Reads the words behind the program's name.
  init(_ words: [String]) throws(UsageError) {
    var words = words[...]
    var namesAll = false
    var takesOptions = true
    while let word = words.popFirst() {
      if takesOptions, word == "--" {
        takesOptions = false
      } else if takesOptions, word.hasPrefix("--") {
        try takeLong(word, &words, &namesAll)
      } else if takesOptions, word.hasPrefix("-"), word != "-" {
        try takeShort(word, &words, &namesAll)
      } else {
        guard let family = DmEvent.Family(rawValue: word), family != .device else {
          throw UsageError("unknown event type '\(word)' (--list-events lists them)")
        }
        families.insert(family)
      }
      if action == .help || action == .version { return }
    }
    try check(namesAll)
  }

  private mutating func check(_ namesAll: Bool) throws(UsageError) {
    if action != .monitor {
      if pidfile != nil { throw UsageError("--pidfile is for monitoring") }
      if endsAfterOne { throw UsageError("--once is for monitoring") }
      if families.isEmpty { families = DmEvent.Family.targets }
    }
    if namesAll { families = DmEvent.Family.targets }
    if families.isEmpty {
      throw UsageError(
        "nothing to monitor: name event types (--list-events lists them), or use --all")
    }
  }

  private mutating func takeLong(
    _ word: String, _ words: inout ArraySlice<String>, _ namesAll: inout Bool
  ) throws(UsageError) {
    let end = word.firstIndex(of: "=")
    let name = String(word[..<(end ?? word.endIndex)])
    guard let letter = Self.letters[name] else {
      throw UsageError("unknown option '\(name)' (--help lists them)")
    }
    var value = end.map { String(word[word.index(after: $0)...]) }
    if Self.takesValue(letter) {
      value = value ?? words.popFirst()
      guard value != nil else { throw UsageError("\(name) needs a value") }
    } else if value != nil {
      throw UsageError("\(name) takes no value")
    }
    try take(letter, name, value ?? "", &namesAll)
  }

  /// Takes a word of one-letter options; the value of the last may follow it directly.
  private mutating func takeShort(
    _ word: String, _ words: inout ArraySlice<String>, _ namesAll: inout Bool
  ) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      let name = "-\(letter)"
      guard Self.letters.values.contains(letter) else {
        throw UsageError("unknown option '\(name)' (--help lists them)")
      }
      var value: String?
      if Self.takesValue(letter) {
        value = letters.isEmpty ? words.popFirst() : String(letters)
        letters = ""
        guard value != nil else { throw UsageError("\(name) needs a value") }
      }
      try take(letter, name, value ?? "", &namesAll)
    }
  }

  private static let letters: [String: Character] = [
    "--foreground": "f", "--debug": "d", "--pidfile": "p", "--ignore": "i", "--all": "a",
    "--query": "q", "--list-events": "l", "--json": "j", "--once": "o", "--verbose": "v",
    "--help": "h", "--version": "V",
  ]

  private static func takesValue(_ letter: Character) -> Bool { letter == "p" || letter == "i" }

  private mutating func take(
    _ letter: Character, _ name: String, _ value: String, _ namesAll: inout Bool
  ) throws(UsageError) {
    switch letter {
    case "f": isForeground = true
    case "d": isDebug = true
    case "a": namesAll = true
    case "j": isJSON = true
    case "o": endsAfterOne = true
    case "v": isVerbose = true
    case "q": try choose(.query)
    case "l": try choose(.listEvents)
    case "h": action = .help
    case "V": action = .version
    default:
      guard !value.isEmpty else { throw UsageError("\(name) needs a value that isn't empty") }
      if letter == "i" {
        ignoredUuids.append(value)
      } else {
        pidfile = value
      }
    }
  }

  private mutating func choose(_ action: Action) throws(UsageError) {
    guard self.action == .monitor || self.action == action else {
      throw UsageError("--query and --list-events exclude each other")
    }
    self.action = action
  }
}
