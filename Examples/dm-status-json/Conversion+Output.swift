import DeviceMapperTargets
import SystemPackage

extension Conversion {
  /// Tells an error, and ends everything if that was asked for.
  mutating func fail(_ error: InputError) throws {
    hasErrors = true
    if form == .health { try summary.addUnreadable(error) }
    try Output.write(
      error.object().bytes, to: form.writesObjects ? .standardOutput : .standardError)
    if isStrict { throw Stopped() }
  }

  /// Writes a line with or without name.
  mutating func write(_ named: NamedLine<some TargetContent>, at place: Place) throws {
    switch form {
    case .health:
      try summary.add(named, at: place)
    case .text:
      var writer = TextWriter(hidingKeys: !showsKeys)
      named.write(to: &writer)
      try Output.write(writer.text)
    case .statusObjects, .tableObjects:
      var object = JSONObject(showingKeys: showsKeys)
      try object.add("name", ifPresent: named.name)
      if let line = named.line { try add(line, to: &object) }
      try Output.write(object.bytes)
    }
  }

  /// Writes a device: a line of text, or an object for each line of its table.
  mutating func write(_ device: ConciseDevice<some TargetContent>, at place: Place) throws {
    if form == .text {
      return try Output.write(ConciseDevice.text(of: [device], hidingKeys: !showsKeys))
    }
    for line in device.table?.lines.map(Optional.some) ?? [nil] {
      var object = JSONObject(showingKeys: showsKeys)
      try object.add("name", device.name)
      try object.add("uuid", ifPresent: device.uuid)
      try object.add("minor", ifPresent: device.minor)
      try object.add("readOnly", device.isReadOnly)
      if let line { try add(line, to: &object) }
      try Output.write(object.bytes)
    }
  }

  private func add(_ line: TargetLine<some TargetContent>, to object: inout JSONObject) throws {
    try object.add("start", line.start)
    try object.add("length", line.length)
    try object.add("target", line.content.targetType)
    switch line.content {
    case let status as AnyStatus:
      try object.add("status", Fields(content: status.content))
      try object.add("health", status.health)
    case let params as AnyTarget:
      try object.add("params", Fields(content: params.content))
    default: break
    }
  }
}

/// The fields of a target, whose type stands beside them.
private struct Fields: Encodable {
  var content: any TargetContent

  func encode(to encoder: any Encoder) throws {
    // A target without a type of its own has its text as only field.
    if let verbatim = content as? VerbatimTarget {
      try ["text": verbatim.text].encode(to: encoder)
    } else {
      try content.encode(to: encoder)
    }
  }
}
