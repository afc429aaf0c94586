extension ConciseDevice {
  /// The devices as text.
  ///
  /// - Parameters:
  ///   - devices: The devices.
  ///   - format: Who is to take them.
  ///   - hidesKeys: Whether keys are written as zeros, as `dmsetup` shows them.
  /// - Throws: ``ConciseError`` if the kernel is to take them and wouldn't; never for `dmsetup`,
  ///   which doesn't take a device without a table though it prints one.
  public static func text(
    of devices: [ConciseDevice], as format: ConciseFormat = .dmsetup,
    hidingKeys hidesKeys: Bool = false
  ) throws(ConciseError) -> TargetText {
    if format == .kernel, devices.count > ConciseFormat.kernelDeviceLimit { throw .tooManyDevices }
    var bytes: [UInt8] = []
    for (index, device) in devices.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ";")) }
      if format == .kernel { try device.checkForKernel(index) }
      device.write(to: &bytes, hidingKeys: hidesKeys)
    }
    // dmsetup takes no end of the text for the end of a device when an escaped byte stands there.
    if bytes.count > 1, bytes[bytes.count - 2] == UInt8(ascii: "\\") {
      bytes.append(UInt8(ascii: ";"))
    }
    if format == .kernel, bytes.count > ConciseFormat.kernelByteLimit { throw .tooLong }
    return TargetText(sharing: bytes[...])
  }

  private func write(to bytes: inout [UInt8], hidingKeys: Bool) {
    Self.append(name.bytes, to: &bytes)
    bytes.append(UInt8(ascii: ","))
    if let uuid { Self.append(uuid.bytes, to: &bytes) }
    bytes.append(UInt8(ascii: ","))
    if let minor { bytes.append(contentsOf: "\(minor)".utf8) }
    bytes.append(contentsOf: (isReadOnly ? ",ro" : ",rw").utf8)
    for line in table?.lines ?? [] {
      bytes.append(UInt8(ascii: ","))
      Self.append(Self.text(of: line, hidingKeys: hidingKeys).bytes, to: &bytes)
    }
  }

  private static func text(of line: TargetLine<Content>, hidingKeys: Bool = false) -> TargetText {
    var writer = TextWriter(hidingKeys: hidingKeys)
    line.write(to: &writer)
    return writer.text
  }

  /// Appends a field with a backslash in front of what would end it, and of a blank at its start,
  /// which dmsetup would pass over.
  private static func append(_ field: Span<UInt8>, to bytes: inout [UInt8]) {
    for index in field.indices {
      let byte = field[index]
      let isSpecial =
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\\")
      if isSpecial || byte == UInt8(ascii: "\n") || (index == 0 && FieldScanner.isBlank(byte)) {
        bytes.append(UInt8(ascii: "\\"))
      }
      bytes.append(byte)
    }
  }

  private func checkForKernel(_ index: Int) throws(ConciseError) {
    func check(_ field: Span<UInt8>, _ name: String) throws(ConciseError) {
      var escaped: [UInt8] = []
      Self.append(field, to: &escaped)
      let last = field.isEmpty ? 0 : field[field.count - 1]
      if escaped.count != field.count || FieldScanner.isBlank(last) {
        throw .unescapable(field: name, device: index)
      }
    }
    try check(name.bytes, "name")
    if let uuid { try check(uuid.bytes, "uuid") }
    guard let table else { throw .noTable(device: index) }
    guard table.lines.count <= ConciseFormat.kernelLineLimit else {
      throw .tooManyLines(device: index)
    }
    for line in table.lines {
      let type = line.content.targetType
      guard ConciseFormat.kernelTargets.contains(type) else {
        throw .target(type, device: index)
      }
      try check(Self.text(of: line).bytes, "table")
    }
  }
}
