import DeviceMapperTargets
import SystemPackage

/// Turns lines into what was asked for, and remembers what the exit status has to say.
struct Conversion {
  let form: Form
  let showsKeys: Bool
  let isStrict: Bool
  var hasErrors = false
  var summary = HealthSummary()

  init(_ form: Form, showsKeys: Bool, isStrict: Bool) {
    self.form = form
    self.showsKeys = showsKeys
    self.isStrict = isStrict
  }

  /// The exit status for everything so far.
  var exitCode: Int32 {
    guard form == .health else { return hasErrors ? 1 : 0 }
    switch summary.worst {
    case .failed: return 2
    case .degraded: return hasErrors ? 3 : 1
    case .healthy: return hasErrors ? 3 : 0
    }
  }

  /// Ends the output.
  mutating func finish() throws {
    if form == .health { try summary.finish() }
  }

  /// Reads a file, `-` standing for standard input.
  mutating func convert(file: String) throws {
    let isInput = file == "-"
    let descriptor: FileDescriptor
    do {
      descriptor =
        isInput
        ? .standardInput : try FileDescriptor.open(FilePath(file), .readOnly, options: .closeOnExec)
    } catch let error as Errno {
      return try fail(InputError(file: file, message: "\(error)"))
    }
    defer { if !isInput { try? descriptor.close() } }
    var reader = LineReader(descriptor)
    while true {
      let line: InputLine
      do {
        guard let next = try reader.next() else { return }
        line = next
      } catch {
        return try fail(
          InputError(file: isInput ? nil : file, message: "\(error)"))
      }
      try convert(line, at: Place(file: isInput ? nil : file, line: line.number))
    }
  }

  /// Reads a line.
  mutating func convert(_ line: InputLine, at place: Place) throws {
    if form.readsTables {
      try convert(line, at: place, as: AnyTarget.self)
    } else {
      try convert(line, at: place, as: AnyStatus.self)
    }
  }

  private mutating func convert<Content: TargetContent>(
    _ line: InputLine, at place: Place, as type: Content.Type
  ) throws {
    if line.isTooLong {
      let error = ParseError(
        .forbidden, target: nil, field: "line", offset: LineReader.limit,
        expected: "at most \(LineReader.limit) bytes")
      return try fail(InputError(error, at: place))
    }
    if line.bytes.saysNothing { return }
    if form.readsTables, line.bytes.isConcise {
      for part in line.bytes.concise(separatedBy: UInt8(ascii: ";")) {
        try convertConcise(line.bytes[part], at: place, as: type)
      }
      return
    }
    let named: NamedLine<Content>
    do {
      named = try NamedLine(parsing: line.bytes.span)
    } catch {
      let name = try? NamedLine<VerbatimTarget>(parsing: line.bytes.span).name
      return try fail(InputError(error, name: name, at: place))
    }
    try write(named, at: place)
  }

  private mutating func convertConcise<Content: TargetContent>(
    _ bytes: ArraySlice<UInt8>, at place: Place, as type: Content.Type
  ) throws {
    let devices: [ConciseDevice<Content>]
    do {
      devices = try ConciseDevice.devices(parsing: bytes.span)
    } catch {
      let name = (try? ConciseDevice<VerbatimTarget>.devices(parsing: bytes.span))?.first?.name
      return try fail(InputError(error, name: name, base: bytes.startIndex, at: place))
    }
    for device in devices { try write(device, at: place) }
  }
}
