import DeviceMapper
import DeviceMapperTargets
import Foundation

/// The lines that are reported.
struct Report {
  let isJSON: Bool
  let isVerbose: Bool

  /// The time in UTC with milliseconds: `2026-11-21T05:30:01.250Z`.
  static func time() -> String {
    Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// An event in text, such as `thin_low_water pool (253:3): 0 112/1024 200/256 - rw`, or in JSON.
  func line(_ event: DmEvent) throws(Failure) -> String {
    if isJSON { return try JSONLine.encode(EventLine(time: Self.time(), event: event)) }
    var text = "\(event.kind) \(Self.subject(event.device))"
    if let name = event.previousName { text += ", before \(Self.shown(name))" }
    guard let target = event.target else { return text }
    if !target.parts.isEmpty { text += " [\(target.parts.joined(separator: " "))]" }
    text += ": \(target.status.targetType)"
    text += Self.tail(target.status)
    guard isVerbose else { return text }
    if let number = event.device.eventNumber { text += " (event \(number), +\(event.delta))" }
    if let previous = target.previous { text += " before:\(Self.tail(previous))" }
    return text
  }

  /// What is true of a target in text, such as `pool (253:3) event 4: thin_low_water: thin-pool …`.
  func line(
    _ target: DeviceConditions.Target, of device: ListedDevice
  ) throws(Failure) -> String {
    if isJSON {
      return try JSONLine.encode(
        ConditionLine(time: Self.time(), device: device, target: target))
    }
    let conditions = target.conditions.map(\.name).joined(separator: " ")
    var text = Self.subject(device)
    if let number = device.eventNumber { text += " event \(number)" }
    text += ": \(conditions.isEmpty ? "nothing" : conditions): \(target.status.targetType)"
    text += Self.tail(target.status)
    if isVerbose { text += " (\(target.status.health))" }
    return text
  }

  private static func tail(_ status: AnyStatus) -> String {
    let text = status.text.description
    return text.isEmpty ? "" : " " + text.singleLine
  }

  private static func subject(_ device: ListedDevice) -> String {
    "\(shown(device.name)) (\(device.device))"
  }

  /// A name as `/dev/mapper` shows it, without blanks.
  private static func shown(_ name: DmName) -> String {
    "\((try? name.mangled(.auto)) ?? (try? name.mangled(.hex)) ?? name)".singleLine
  }
}

extension Options {
  /// Whether a device is to be left out.
  func ignores(_ device: ListedDevice) -> Bool {
    guard let uuid = device.uuid?.description else { return false }
    return ignoredUuids.contains { uuid.hasPrefix($0) }
  }
}
