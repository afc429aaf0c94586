extension ConciseDevice {
  /// Reads devices.
  ///
  /// - Throws: ``DeviceTextError`` with the first field that `format` doesn't have there, at its
  ///   offset in the text, or the first device whose lines are no table together.
  public static func devices(
    parsing text: Span<UInt8>, as format: ConciseFormat = .dmsetup
  ) throws(DeviceTextError) -> [ConciseDevice] {
    var scanner = ConciseScanner(text, format)
    var devices: [ConciseDevice] = []
    if format == .kernel, text.count > ConciseFormat.kernelByteLimit {
      throw .text(
        ParseError(
          .forbidden, target: nil, field: "text", offset: ConciseFormat.kernelByteLimit,
          expected: "at most \(ConciseFormat.kernelByteLimit) bytes"))
    }
    while !scanner.isAtEnd() {
      if format == .kernel, devices.count == ConciseFormat.kernelDeviceLimit {
        throw .text(scanner.error(.forbidden, "device", "at most 256 devices"))
      }
      devices.append(try ConciseDevice(&scanner))
    }
    return devices
  }

  /// Reads devices.
  public static func devices(
    parsing text: String, as format: ConciseFormat = .dmsetup
  ) throws(DeviceTextError) -> [ConciseDevice] {
    try devices(parsing: Array(text.utf8).span, as: format)
  }

  private init(_ scanner: inout ConciseScanner) throws(DeviceTextError) {
    let format = scanner.format
    let offset: Int
    var lines: [TargetLine<Content>] = []
    do throws(ParseError) {
      let nameField = try scanner.field("name")
      do throws(IdentifierError) { name = try DmName(kernelBytes: nameField.bytes.span) } catch {
        throw nameField.error("name", "a name, and \(error)")
      }
      uuid = try scanner.field("uuid").uuid()
      minor = try scanner.field("minor").minor(format)
      isReadOnly = try scanner.field("flags", isLast: format == .dmsetup).isReadOnly(format)
      offset = scanner.position
      while scanner.end == .comma {
        let field = try scanner.field("table", isLast: true)
        if let line: TargetLine<Content> = try field.line(format) { lines.append(line) }
        if format == .kernel, lines.count > ConciseFormat.kernelLineLimit {
          throw field.error("table", "at most 256 lines")
        }
      }
    } catch {
      throw .text(error)
    }
    guard !lines.isEmpty else {
      table = nil
      return
    }
    do throws(TableError) { table = try TargetTable(lines) } catch {
      throw .table(error, offset: offset)
    }
  }
}

extension ConciseField {
  fileprivate func uuid() throws(ParseError) -> DmUuid? {
    if bytes.isEmpty { return nil }
    do throws(IdentifierError) { return try DmUuid(kernelBytes: bytes.span) } catch {
      throw self.error("uuid", "a uuid, and \(error)")
    }
  }

  fileprivate func minor(_ format: ConciseFormat) throws(ParseError) -> UInt32? {
    if bytes.isEmpty { return nil }
    let number: UInt32? =
      format == .kernel ? bytes.span.number(as: UInt32.self) : bytes.span.decimal(as: UInt32.self)
    guard let number else { throw error("minor", "a number") }
    return number
  }

  fileprivate func isReadOnly(_ format: ConciseFormat) throws(ParseError) -> Bool {
    if bytes.span.isEqual(to: "ro") { return true }
    if bytes.span.isEqual(to: "rw") || (bytes.isEmpty && format == .dmsetup) { return false }
    throw error("flags", "ro or rw", .unknownWord)
  }

  /// The line of a table, or `nil` where a blank one is passed over.
  fileprivate func line<Content: TargetContent>(
    _ format: ConciseFormat
  ) throws(ParseError) -> TargetLine<Content>? {
    var fields = FieldScanner(bytes.span)
    if format == .dmsetup, fields.isAtEnd() { return nil }
    do throws(ParseError) {
      guard format == .kernel else { return try TargetLine(fields: &fields) }
      let start: Sectors = try fields.cNumber("start")
      let length: Sectors = try fields.cNumber("length")
      let word = try fields.word("target type", expected: "a target type")
      let type: TargetType
      do throws(IdentifierError) { type = try TargetType(bytes: word.bytes) } catch {
        throw fields.unexpected(word, "target type", expected: "a target type")
      }
      guard ConciseFormat.kernelTargets.contains(type) else {
        throw fields.unexpected(
          word, "target type", expected: "a target that the kernel takes here",
          reason: .unknownWord)
      }
      var rest = fields.rest(as: type)
      return TargetLine(start: start, length: length, try Content(type: type, fields: &rest))
    } catch {
      var error = error
      error.offset = offset(of: error.offset)
      throw error
    }
  }
}

extension FieldScanner {
  /// Reads a number as C writes it: decimal, hexadecimal with `0x` or octal with `0` in front.
  fileprivate mutating func cNumber(_ field: StaticString) throws(ParseError) -> Sectors {
    let word = try word(field, expected: "a number")
    guard let number = word.bytes.number(as: UInt64.self) else {
      throw unexpected(word, field, expected: "a number")
    }
    return Sectors(rawValue: number)
  }
}

extension Span<UInt8> {
  /// The value of a number as C writes it, or `nil` when it isn't one or doesn't fit.
  fileprivate func number<Number: FixedWidthInteger & UnsignedInteger>(
    as type: Number.Type
  ) -> Number? {
    guard count > 1, self[0] == UInt8(ascii: "0") else { return decimal(as: type) }
    let isHexadecimal = self[1] | 0x20 == UInt8(ascii: "x")
    let digits = TargetText(bytes: extracting(droppingFirst: isHexadecimal ? 2 : 1)).description
    // No sign, which the standard library would take.
    guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-")
    else { return nil }
    return Number(digits, radix: isHexadecimal ? 16 : 8)
  }
}
