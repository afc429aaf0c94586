extension MultipathStatus {
  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let count: UInt32 = try fields.number("feature count", in: 2...UInt32.max)
    var part = try fields.words(count, "feature count")
    let queueing: UInt32 = try part.number("queueing")
    let inits: UInt32 = try part.number("path group init count")
    var unknown: [TargetWord] = []
    while !part.isAtEnd() { unknown.append(try part.openWord("feature")) }
    let handler = try MultipathHardwareHandler.read(&fields)
    let groupCount: UInt32 = try fields.number("number of groups")
    let current: UInt32 = try fields.number("current group")
    var groups: [Group] = []
    for _ in 0..<groupCount { groups.append(try Group(fields: &fields)) }
    self.init(
      queueing: queueing, pathGroupInitCount: inits, unknown: unknown, hardwareHandler: handler,
      currentGroup: current, groups: groups, trailing: fields.remainder())
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.group { text in
      text.number(queueing)
      text.number(pathGroupInitCount)
      for word in unknown { text.openWord(word) }
    }
    MultipathHardwareHandler.write(hardwareHandler, to: &text)
    text.number(UInt(groups.count))
    text.number(currentGroup)
    for group in groups { group.write(to: &text) }
    text.text(trailing)
  }
}

extension MultipathStatus.Group {
  fileprivate init(fields: inout FieldScanner) throws(ParseError) {
    state = try fields.letter("group state")
    selectorArguments = try fields.openWords("selector argument count")
    let count: UInt32 = try fields.number("number of paths")
    let words: UInt32 = try fields.number("path argument count")
    paths = []
    for _ in 0..<count {
      paths.append(try MultipathStatus.Path(fields: &fields, words: words))
    }
  }

  fileprivate func write(to text: inout TextWriter) {
    text.word(state.letter)
    text.group { text in
      for word in selectorArguments { text.openWord(word) }
    }
    text.number(UInt(paths.count))
    text.number(UInt(paths.first?.selectorWords.count ?? 0))
    for path in paths {
      text.device(path.device)
      text.word(path.state.letter)
      text.number(path.failCount)
      for word in path.selectorWords { text.openWord(word) }
    }
  }
}

extension MultipathStatus.Path {
  fileprivate init(fields: inout FieldScanner, words: UInt32) throws(ParseError) {
    device = try fields.deviceNumber("path")
    state = try fields.letter("path state")
    failCount = try fields.number("fail count")
    selectorWords = []
    if words > 0 {
      var part = try fields.words(words, "path argument count")
      while !part.isAtEnd() { selectorWords.append(try part.openWord("path argument")) }
    }
  }
}

extension MultipathGroupState: LetterKeyword {
  var letter: StaticString {
    switch self {
    case .active: "A"
    case .enabled: "E"
    case .disabled: "D"
    }
  }
}

extension MultipathPathState: LetterKeyword {
  var letter: StaticString {
    switch self {
    case .active: "A"
    case .failed: "F"
    }
  }
}
