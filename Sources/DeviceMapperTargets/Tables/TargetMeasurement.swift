/// What the kernel's integrity measurement (IMA) is told of a target: a line's content when a status
/// is asked for with `DM_IMA_MEASUREMENT_FLAG` (Linux 5.15).
///
/// Text: `target_name=NAME,target_version=A.B.C,KEY=VALUE…;`, or nothing for the targets that aren't
/// measured. Keys are never in it.
/// Kernel document: `admin-guide/device-mapper/dm-ima.rst`, which differs from what kernels print.
public struct TargetMeasurement: TargetContent {
  private enum CodingKeys: String, CodingKey {
    case targetType = "target"
    case fields
  }

  /// A key and its value.
  public struct Field: Hashable, Sendable, Codable {
    /// The key: lower-case letters, digits and underscores.
    public var key: TargetWord
    /// The value; it may be empty, and may contain commas.
    public var value: TargetText

    /// Creates a field.
    public init(key: TargetWord, value: TargetText) {
      self.key = key
      self.value = value
    }
  }

  /// The type of target that the line names.
  public var targetType: TargetType
  /// All keys and values in order, `target_name` and `target_version` included; empty for a target
  /// that isn't measured.
  public var fields: [Field]

  /// Creates a measurement.
  public init(_ targetType: TargetType, fields: [Field]) {
    self.targetType = targetType
    self.fields = fields
  }

  /// Reads the content of a line of `type`.
  public init(type: TargetType, fields scanner: inout FieldScanner) throws(ParseError) {
    targetType = type
    fields = []
    if scanner.isAtEnd() { return }
    let base = scanner.offset
    let text = scanner.remainder()
    let bytes = text.bytes
    guard bytes[bytes.count - 1] == UInt8(ascii: ";") else {
      throw Self.malformed(type, at: base + bytes.count, "a semicolon", TargetText())
    }
    var start = 0
    while start < bytes.count {
      guard let equals = Self.endOfKey(in: bytes, from: start),
        let key = TargetWord(bytes: bytes.extracting(start..<equals))
      else {
        let rest = TargetText(bytes: bytes.extracting(droppingFirst: start))
        throw Self.malformed(type, at: base + start, "KEY=VALUE", rest)
      }
      // A comma ends the value if a key follows; ciphers have commas of their own.
      var end = equals + 1
      while end < bytes.count - 1 {
        if bytes[end] == UInt8(ascii: ","), Self.endOfKey(in: bytes, from: end + 1) != nil { break }
        end += 1
      }
      let value = TargetText(bytes: bytes.extracting(equals + 1..<end))
      fields.append(Field(key: key, value: value))
      start = end + 1
    }
  }

  /// The position of the `=` behind a key that begins at `start`, or `nil` when none does.
  private static func endOfKey(in bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"):
        index += 1
      case UInt8(ascii: "="): return index > start ? index : nil
      default: return nil
      }
    }
    return nil
  }

  private static func malformed(
    _ type: TargetType, at offset: Int, _ expected: String, _ found: TargetText
  ) -> ParseError {
    ParseError(
      found.isEmpty ? .missing : .malformed, target: type, field: "measurement", offset: offset,
      expected: expected, found: found)
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    guard !fields.isEmpty else { return }
    var bytes: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: field.key.description.utf8)
      bytes.append(UInt8(ascii: "="))
      let value = field.value.bytes
      for index in value.indices { bytes.append(value[index]) }
    }
    bytes.append(UInt8(ascii: ";"))
    text.text(TargetText(sharing: bytes[...]))
  }
}

extension TargetMeasurement {
  /// The value of `key`, or `nil` when it isn't there.
  public subscript(key: String) -> TargetText? {
    guard let key = TargetWord(key) else { return nil }
    return fields.first { $0.key == key }?.value
  }

  /// Whether `key` is `y` and not `n`, or `nil` when it is neither.
  public func flag(_ key: String) -> Bool? {
    switch self[key] {
    case "y": true
    case "n": false
    default: nil
    }
  }

  /// The number that `key` is, or `nil` when it isn't one.
  public func number(_ key: String) -> UInt64? {
    guard let value = self[key] else { return nil }
    return value.bytes.decimal()
  }

  /// The device that `key` names by its number, or `nil` when it doesn't.
  public func device(_ key: String) -> Device? {
    guard let value = self[key] else { return nil }
    return Device(bytes: value.bytes)
  }
}
