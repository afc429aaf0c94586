/// libdevmapper's mangling of bytes that are not empty and hold no NUL.
extension InlineBytes {
  package func mangled(_ mangling: NameMangling) throws(NameManglingError) -> Self {
    if mangling == .none { return self }
    if mangling == .auto { try refuseTwice() }
    let bytes = self.bytes
    var result = Self()
    var hasEscape = false
    var hasMangled = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if mangling == .auto, Self.startsEscape(bytes, at: index) {
        _ = try Self.escapedByte(bytes, at: index)
        guard !hasMangled else { throw .mixed(offset: index) }
        hasEscape = true
        for offset in index..<index + 4 { try result.appendMangled(bytes[offset]) }
        index += 4
        continue
      }
      if byte.isKeptByMangling {
        try result.appendMangled(byte)
      } else {
        guard !hasEscape else { throw .mixed(offset: index) }
        hasMangled = true
        try result.appendMangled(UInt8(ascii: "\\"))
        try result.appendMangled(UInt8(ascii: "x"))
        try result.appendMangled((byte >> 4).hexDigit)
        try result.appendMangled((byte & 0xf).hexDigit)
      }
      index += 1
    }
    return result
  }

  package func unmangled(_ mangling: NameMangling) throws(NameManglingError) -> Self {
    if mangling == .none { return self }
    if mangling == .auto { try refuseTwice() }
    let bytes = self.bytes
    var result = Self()
    var index = 0
    while index < bytes.count {
      var byte = bytes[index]
      let start = index
      if Self.startsEscape(bytes, at: index) {
        byte = try Self.escapedByte(bytes, at: index)
        guard byte != 0 else { throw .escapedNul(offset: start) }
        index += 4
      } else {
        guard byte.isKeptByMangling || byte == UInt8(ascii: "\\") else {
          throw .notMangled(byte, offset: start)
        }
        index += 1
      }
      try result.appendMangled(byte)
    }
    return result
  }

  private mutating func appendMangled(_ byte: UInt8) throws(NameManglingError) {
    guard append(byte) else { throw .tooLong(limit: capacity) }
  }

  /// Looks for `\x5cx` in the whole name first, as libdevmapper does: this reason goes before
  /// others.
  private func refuseTwice() throws(NameManglingError) {
    let bytes = self.bytes
    for index in bytes.indices where index + 4 < bytes.count && Self.startsEscape(bytes, at: index)
    {
      if bytes[index + 2] == UInt8(ascii: "5"), bytes[index + 3] == UInt8(ascii: "c"),
        bytes[index + 4] == UInt8(ascii: "x")
      {
        throw .mangledTwice(offset: index)
      }
    }
  }

  private static func startsEscape(_ bytes: Span<UInt8>, at index: Int) -> Bool {
    index + 1 < bytes.count && bytes[index] == UInt8(ascii: "\\")
      && bytes[index + 1] == UInt8(ascii: "x")
  }

  private static func escapedByte(
    _ bytes: Span<UInt8>, at index: Int
  ) throws(NameManglingError) -> UInt8 {
    guard index + 3 < bytes.count, let high = bytes[index + 2].hexValue,
      let low = bytes[index + 3].hexValue
    else { throw .malformedEscape(offset: index) }
    return high << 4 | low
  }
}

extension UInt8 {
  /// Whether mangling leaves the byte as it is.
  fileprivate var isKeptByMangling: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "#"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "="),
      UInt8(ascii: "@"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// The lower-case hexadecimal digit of a number below 16.
  fileprivate var hexDigit: UInt8 {
    self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "a") + (self - 10)
  }

  /// The number that a hexadecimal digit stands for.
  fileprivate var hexValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
