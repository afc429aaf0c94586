extension String {
  /// Shows `bytes` as text: UTF-8 as it is, everything else as `\xNN`.
  package init(printing bytes: Span<UInt8>) {
    let copy = [UInt8](capacity: bytes.count) { output in
      for index in bytes.indices { output.append(bytes[index]) }
    }
    if let string = String(validating: copy, as: UTF8.self) {
      self = string
      return
    }
    self = ""
    var decoder = UTF8()
    var position = 0
    while position < copy.count {
      var rest = copy[position...].makeIterator()
      if case .scalarValue(let scalar) = decoder.decode(&rest) {
        unicodeScalars.append(scalar)
        position += UTF8.width(scalar)
      } else {
        self += String(printing: copy[position])
        position += 1
      }
      decoder = UTF8()
    }
  }

  private init(printing byte: UInt8) {
    let digits = String(byte, radix: 16)
    self = digits.utf8.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
  }
}
