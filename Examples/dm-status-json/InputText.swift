import DeviceMapperTargets

/// What a line of the input is about: a line of a device, several of a concise one, or nothing.
enum InputText<Content: TargetContent> {
  /// A line as `dmsetup status` and `dmsetup table` print it.
  case line(NamedLine<Content>)
  /// A device as `dmsetup table --concise` prints it.
  case concise(ConciseDevice<Content>)
}

extension [UInt8] {
  /// Whether the line says nothing: blank, or what `dmsetup` prints where there are no devices.
  var saysNothing: Bool {
    let text = TargetText(sharing: self[...]).trimmed
    return text.isEmpty || text == "No devices found"
  }

  /// Whether the line is `NAME,UUID,MINOR,FLAGS` and so on, and not one that begins with a range of
  /// sectors or with a name and a colon.
  var isConcise: Bool {
    var fields = FieldScanner(span)
    let start: UInt64? = try? fields.number("start")
    let length: UInt64? = try? fields.number("length")
    if start != nil, length != nil { return false }
    var parts = concise(separatedBy: UInt8(ascii: ",")).makeIterator()
    guard parts.next() != nil, parts.next() != nil, let minor = parts.next(),
      let flags = parts.next()
    else { return false }
    let isNumber = self[minor].allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
    let end = concise(separatedBy: UInt8(ascii: ";"))[0].upperBound
    let word = String(decoding: self[flags.clamped(to: flags.lowerBound..<end)], as: UTF8.self)
    return isNumber && flags.lowerBound <= end && ["", "ro", "rw"].contains(word)
  }

  /// The parts of a concise line: what stands between separators that have no backslash in front.
  func concise(separatedBy separator: UInt8) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < count {
      if self[index] == separator {
        parts.append(start..<index)
        start = index + 1
      }
      index += self[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    parts.append(start..<count)
    return parts
  }
}
