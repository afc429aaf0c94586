import DeviceMapper
import DeviceMapperTargets
import SystemPackage

extension Conversion {
  /// Asks the kernel, for these devices or for all.
  ///
  /// Lines are counted from 1 in each device.
  mutating func convertLive(_ names: [String]) throws {
    let dm: DM
    var devices: [DmName] = []
    do {
      dm = try DM()
      if names.isEmpty { devices = try dm.listDevices().map(\.name) }
    } catch {
      return try fail(InputError(name: nil, message: "\(error)"))
    }
    for name in names {
      do {
        devices.append(try DmName(kernelBytes: Array(name.utf8).span))
      } catch {
        try fail(InputError(name: nil, message: "\(name): \(error)"))
      }
    }
    for name in devices {
      let lines: [TargetLine<VerbatimTarget>]
      do {
        // Without a flush, the look writes nothing and waits for nothing.
        lines =
          form.readsTables
          ? try dm.table(.name(name)).lines
          : try dm.tableStatus(.name(name), options: DmOptions(flags: .noFlush)).lines
      } catch {
        // A device of the list may have gone since.
        if names.isEmpty, error.errno == .noSuchAddressOrDevice { continue }
        try fail(InputError(name: name, message: "\(error)"))
        continue
      }
      if form.readsTables {
        try convert(lines, of: name, as: AnyTarget.self)
      } else {
        try convert(lines, of: name, as: AnyStatus.self)
      }
    }
  }

  private mutating func convert<Content: TargetContent>(
    _ lines: [TargetLine<VerbatimTarget>], of name: DmName, as type: Content.Type
  ) throws {
    if lines.isEmpty { try write(NamedLine<Content>(withoutTable: name), at: Place(line: 1)) }
    for (index, line) in lines.enumerated() {
      // Read as the line that dmsetup makes of it, so that offsets mean the same.
      var writer = TextWriter()
      line.write(to: &writer)
      let text = writer.text
      let typed: TargetLine<Content>
      do {
        var fields = FieldScanner(text.bytes, base: name.bytes.count + 2)
        typed = try TargetLine(fields: &fields)
      } catch {
        try fail(InputError(error, name: name, at: Place(line: index + 1)))
        continue
      }
      try write(NamedLine(name: name, typed), at: Place(line: index + 1))
    }
  }
}
