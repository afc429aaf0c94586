import DeviceMapperTargets

/// Joins the health of a device's lines into one line of text.
struct HealthSummary {
  /// The worst health so far.
  private(set) var worst = Health.Level.healthy

  private var current: Device?

  /// A device while its lines are read.
  private struct Device {
    var name: DmName?
    var title: String
    var health = Health.healthy
    var end: Sectors?
    /// Reasons that are not listed.
    var omitted = 0

    /// The most reasons that are listed, so that a device takes no more memory with more lines.
    static let limit = 16

    mutating func add(_ other: Health) {
      health.level = max(health.level, other.level)
      for reason in other.reasons where !health.reasons.contains(reason) {
        if health.reasons.count < Self.limit {
          health.reasons.append(reason)
        } else {
          omitted += 1
        }
      }
      if let progress = other.progress, progress.fraction < health.progress?.fraction ?? .infinity {
        health.progress = progress
      }
    }
  }

  /// Adds a line of a status.
  mutating func add(_ named: NamedLine<some TargetContent>, at place: Place) throws {
    let line = named.line
    if current == nil || current?.name != named.name || line.map(\.start) != current?.end {
      try finish()
      current = Device(name: named.name, title: named.name?.printable ?? "line \(place.line)")
    }
    if let line {
      if let status = line.content as? AnyStatus { current?.add(status.health) }
      current?.end = Sectors(
        rawValue: line.start.rawValue.addingReportingOverflow(line.length.rawValue).partialValue)
    } else {
      current?.add(Health(.healthy, ["no table"]))
    }
  }

  /// Adds a line that can't be read.
  mutating func addUnreadable(_ error: InputError) throws {
    try finish()
    let title =
      error.name?.printable ?? error.line.map { "line \($0)" } ?? error.file ?? "standard input"
    try Output.write(TargetText("\(title): unreadable"))
  }

  /// Writes the line of the last device.
  mutating func finish() throws {
    guard var device = current else { return }
    current = nil
    worst = max(worst, device.health.level)
    if device.omitted > 0 { device.health.reasons.append("\(device.omitted) more") }
    try Output.write(TargetText("\(device.title): \(device.health)"))
  }
}

extension DmName {
  /// The name in one line, whatever the bytes are.
  fileprivate var printable: String {
    var text = ""
    for scalar in description.unicodeScalars {
      if scalar.properties.generalCategory == .control {
        text += scalar.escaped(asASCII: true)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
