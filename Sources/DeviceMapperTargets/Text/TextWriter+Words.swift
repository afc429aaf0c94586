extension TextWriter {
  /// Appends a word of an open set.
  public mutating func openWord(_ word: TargetWord) {
    // Of the word's own bytes: a text of them would be a copy.
    words(word.bytes)
  }

  /// Appends a name of an open set.
  public mutating func name(_ name: some OpenName) { openWord(name.rawValue) }

  /// Appends a decimal number with a minus sign if it is negative.
  public mutating func signedNumber(_ value: Int32) { text("\(value)") }

  /// Appends a reference to a device, with blanks and backslashes of a path escaped.
  public mutating func device(_ reference: DeviceReference) {
    switch reference {
    case .number(let device): self.device(device)
    case .path(let path): word(escaping: path.bytes)
    }
  }

  /// Appends a reference to a device to the word before.
  mutating func append(device: DeviceReference) {
    var part = TextWriter()
    part.device(device)
    append(part.text.bytes)
  }

  /// Appends a fixed word and a number.
  mutating func pair(_ key: StaticString, _ value: some FixedWidthInteger & UnsignedInteger) {
    word(key)
    number(value)
  }
}
