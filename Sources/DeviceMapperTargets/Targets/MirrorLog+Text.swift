extension MirrorLog {
  init(fields: inout FieldScanner) throws(ParseError) {
    let name = try fields.openWord("log", expected: "a kind of log")
    let count: UInt32 = try fields.number("log argument count")
    var part = try fields.words(count, "log argument count")
    switch name {
    case "core":
      self = .core(try MirrorCoreLog(fields: &part))
    case "disk":
      self = .disk(try MirrorDiskLog(fields: &part))
    case "userspace":
      self = .userspace(try MirrorUserspaceLog(fields: &part))
    default:
      self = .other(try MirrorOtherLog(name: name, fields: &part))
    }
    try part.end()
  }

  func write(to text: inout TextWriter) {
    switch self {
    case .core(let log):
      text.word("core")
      text.group { log.write(to: &$0) }
    case .disk(let log):
      text.word("disk")
      text.group { log.write(to: &$0) }
    case .userspace(let log):
      text.word("userspace")
      text.group { log.write(to: &$0) }
    case .other(let log):
      text.openWord(log.name)
      text.group { log.writeArguments(to: &$0) }
    }
  }
}

extension MirrorCoreLog {
  init(fields: inout FieldScanner) throws(ParseError) {
    regionSize = try fields.quantity("region size")
    synchronization = fields.isAtEnd() ? nil : try fields.keyword("synchronization")
  }

  func write(to text: inout TextWriter) {
    text.quantity(regionSize)
    if let synchronization { text.keyword(synchronization) }
  }
}

extension MirrorDiskLog {
  init(fields: inout FieldScanner) throws(ParseError) {
    device = try fields.device("log device")
    let log = try MirrorCoreLog(fields: &fields)
    regionSize = log.regionSize
    synchronization = log.synchronization
  }

  func write(to text: inout TextWriter) {
    text.device(device)
    MirrorCoreLog(regionSize: regionSize, synchronization: synchronization).write(to: &text)
  }
}

extension MirrorUserspaceLog {
  init(fields: inout FieldScanner) throws(ParseError) {
    uuid = try fields.openWord("log uuid", expected: "a uuid")
    hasIntegratedFlush = fields.skip("integrated_flush")
    let name = try fields.openWord("log server", expected: "a kind of log")
    var core = fields
    var disk = fields
    if name == "clustered-core", let log = try? MirrorCoreLog(fields: &core), core.isAtEnd() {
      server = .clusteredCore(log)
      fields = core
    } else if name == "clustered-disk", let log = try? MirrorDiskLog(fields: &disk),
      disk.isAtEnd()
    {
      server = .clusteredDisk(log)
      fields = disk
    } else {
      // The daemon has the last word on its arguments.
      server = .other(try MirrorOtherLog(name: name, fields: &fields))
    }
  }

  func write(to text: inout TextWriter) {
    text.openWord(uuid)
    if hasIntegratedFlush { text.word("integrated_flush") }
    switch server {
    case .clusteredCore(let log):
      text.word("clustered-core")
      log.write(to: &text)
    case .clusteredDisk(let log):
      text.word("clustered-disk")
      log.write(to: &text)
    case .other(let log):
      text.openWord(log.name)
      log.writeArguments(to: &text)
    }
  }
}

extension MirrorOtherLog {
  /// Keeps everything that is left.
  init(name: TargetWord, fields: inout FieldScanner) throws(ParseError) {
    self.init(name: name, arguments: [])
    while !fields.isAtEnd() { arguments.append(try fields.openWord("log argument")) }
  }

  func writeArguments(to text: inout TextWriter) {
    for word in arguments { text.openWord(word) }
  }
}

/// The kind of a log as `type` in its JSON object, beside the fields.
private enum TypeKey: CodingKey {
  case type

  static func decode(from decoder: any Decoder) throws -> String {
    try decoder.container(keyedBy: Self.self).decode(String.self, forKey: .type)
  }

  static func encode(_ type: String, to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Self.self)
    try container.encode(type, forKey: .type)
  }
}

/// A stable form in JSON: the fields beside a `type` of `core`, `disk`, `userspace` or `other`.
extension MirrorLog: Codable {
  /// Decodes the type, then its fields.
  public init(from decoder: any Decoder) throws {
    switch try TypeKey.decode(from: decoder) {
    case "core": self = .core(try MirrorCoreLog(from: decoder))
    case "disk": self = .disk(try MirrorDiskLog(from: decoder))
    case "userspace": self = .userspace(try MirrorUserspaceLog(from: decoder))
    default: self = .other(try MirrorOtherLog(from: decoder))
    }
  }

  /// Encodes the type and its fields.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .core(let log):
      try TypeKey.encode("core", to: encoder)
      try log.encode(to: encoder)
    case .disk(let log):
      try TypeKey.encode("disk", to: encoder)
      try log.encode(to: encoder)
    case .userspace(let log):
      try TypeKey.encode("userspace", to: encoder)
      try log.encode(to: encoder)
    case .other(let log):
      try TypeKey.encode("other", to: encoder)
      try log.encode(to: encoder)
    }
  }
}

/// A stable form in JSON: the fields beside a `type` of `clustered-core`, `clustered-disk` or
/// `other`.
extension MirrorServerLog: Codable {
  /// Decodes the type, then its fields.
  public init(from decoder: any Decoder) throws {
    switch try TypeKey.decode(from: decoder) {
    case "clustered-core": self = .clusteredCore(try MirrorCoreLog(from: decoder))
    case "clustered-disk": self = .clusteredDisk(try MirrorDiskLog(from: decoder))
    default: self = .other(try MirrorOtherLog(from: decoder))
    }
  }

  /// Encodes the type and its fields.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .clusteredCore(let log):
      try TypeKey.encode("clustered-core", to: encoder)
      try log.encode(to: encoder)
    case .clusteredDisk(let log):
      try TypeKey.encode("clustered-disk", to: encoder)
      try log.encode(to: encoder)
    case .other(let log):
      try TypeKey.encode("other", to: encoder)
      try log.encode(to: encoder)
    }
  }
}
