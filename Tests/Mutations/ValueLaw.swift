import DeviceMapperTargets

/// What holds for every text: it is an error, or a value that prints as text of an equal value.
public enum ValueLaw: CaseIterable, Sendable {
  /// A line of a table, typed.
  case target
  /// A line of a status, typed.
  case status
  /// A line of a device of linear and flakey lines.
  case linearDevice
  /// A whole table.
  case table
  /// Tables with names in front.
  case named
  /// Devices in one line, for dmsetup.
  case concise
  /// Devices in one line, for the kernel.
  case kernelConcise
  /// The reply of a `vdo` or `dust`.
  case reply
  /// A size.
  case size
  /// A name or uuid.
  case name
  /// A number or path of a device.
  case device

  /// The texts to mutate.
  public var recorded: [String] {
    switch self {
    case .target, .table: Recorded.tables
    case .linearDevice: Recorded.tables.filter { $0.contains("linear") || $0.contains("flakey") }
    case .status: Recorded.statuses
    case .named: Recorded.named
    case .concise, .kernelConcise: Recorded.concise
    case .reply: Recorded.replies
    case .size, .name, .device: Recorded.words
    }
  }

  /// Makes sure that the law holds for one text.
  ///
  /// - Returns: Whether the text was read, and so both halves of the law were tried.
  public func check(_ input: [UInt8]) throws(Violation) -> Bool {
    switch self {
    case .target: try Self.line(input, of: AnyTarget.self)
    case .status: try Self.line(input, of: AnyStatus.self)
    case .linearDevice: try Self.line(input, of: LinearDevTargetParams.self)
    case .table: try Self.table(input)
    case .named: try Self.named(input)
    case .concise: try Self.concise(input, .dmsetup)
    case .kernelConcise: try Self.concise(input, .kernel)
    case .reply: try Self.reply(input)
    case .size: try Self.sizes(input)
    case .name: try Self.names(input)
    case .device: try Self.device(input)
    }
  }
}

extension ValueLaw {
  private static func line<Content: TargetContent>(
    _ input: [UInt8], of type: Content.Type
  ) throws(Violation) -> Bool {
    let line: TargetLine<Content>
    do {
      var fields = FieldScanner(input.span)
      line = try TargetLine(fields: &fields)
    } catch {
      if error.offset < 0 || error.offset > input.count {
        throw Violation("an error's offset lies in the text, \(error)", input)
      }
      return false
    }
    let printed = line.text
    let again: TargetLine<Content>
    do {
      var fields = FieldScanner(printed.bytes)
      again = try TargetLine(fields: &fields)
    } catch { throw Violation("what is printed is read (\(printed), \(error))", input) }
    if again != line { throw Violation("what is printed is equal (\(printed))", input) }
    if again.text != printed { throw Violation("printing is stable (\(printed))", input) }
    if let status = line.content as? AnyStatus { _ = status.health }
    return true
  }

  private static func table(_ input: [UInt8]) throws(Violation) -> Bool {
    let table: TargetTable<AnyTarget>
    do { table = try TargetTable(parsing: input.span) } catch { return false }
    let printed = table.text
    let again: TargetTable<AnyTarget>
    do { again = try TargetTable(parsing: printed.bytes) } catch {
      throw Violation("what is printed is read (\(printed), \(error))", input)
    }
    if again != table { throw Violation("what is printed is equal (\(printed))", input) }
    if again.text != printed { throw Violation("printing is stable (\(printed))", input) }
    return true
  }

  private static func sizes(_ input: [UInt8]) throws(Violation) -> Bool {
    let text = String(decoding: input, as: UTF8.self)
    let bytes = try size(text, as: Bytes.self, input)
    let sectors = try size(text, as: Sectors.self, input)
    return try size(text, as: MetaBlocks.self, input) || sectors || bytes
  }

  private static func size<Size: SizedQuantity>(
    _ text: String, as type: Size.Type, _ input: [UInt8]
  ) throws(Violation) -> Bool {
    for rounding in QuantityRounding.allCases {
      guard let size = try? Size(text, rounding: rounding) else { continue }
      if (try? Size("\(size)")) != size {
        throw Violation("a size is printed as that size (\(size))", input)
      }
      _ = size.iec
      return true
    }
    return false
  }

  private static func names(_ input: [UInt8]) throws(Violation) -> Bool {
    if let uuid = try? DmUuid(kernelBytes: input.span),
      let mangled = try? uuid.mangled(.hex), (try? mangled.unmangled(.hex)) != uuid
    {
      throw Violation("a mangled uuid is unmangled again (\(mangled))", input)
    }
    guard let name = try? DmName(kernelBytes: input.span) else { return false }
    if let mangled = try? name.mangled(.hex), (try? mangled.unmangled(.hex)) != name {
      throw Violation("a mangled name is unmangled again (\(mangled))", input)
    }
    if let mangled = try? name.mangled(.auto), (try? mangled.mangled(.auto)) != mangled {
      throw Violation("mangling leaves a mangled name (\(mangled))", input)
    }
    if let string = name.string {
      let checked = try? DmName(string)
      if checked != nil, checked != name { throw Violation("a checked name is the name", input) }
    }
    _ = name.description
    return true
  }

  private static func device(_ input: [UInt8]) throws(Violation) -> Bool {
    guard let reference = DeviceReference(String(decoding: input, as: UTF8.self)) else {
      return false
    }
    if DeviceReference("\(reference)") != reference {
      throw Violation("a device is printed as that device (\(reference))", input)
    }
    return true
  }
}
