import DeviceMapper
import DeviceMapperTargets
import Foundation

/// The objects that `--json` prints; the man page has their fields.
enum JSONLine {
  static func encode(_ value: some Encodable) throws(Failure) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return String(decoding: try encoder.encode(value), as: UTF8.self) } catch {
      throw Failure("can't write JSON: \(error)")
    }
  }

  /// What every report has: when, and about which device.
  struct Subject {
    var time: String
    var device: ListedDevice
    var type: DmEvent.Family

    func encode(to container: inout KeyedEncodingContainer<Key>) throws {
      try container.encode(time, forKey: .time)
      try container.encode(type, forKey: .type)
      try container.encode(device.name, forKey: .name)
      try container.encode(device.uuid, forKey: .uuid)
      try container.encode(device.device.major, forKey: .major)
      try container.encode(device.device.minor, forKey: .minor)
      try container.encode(device.eventNumber, forKey: .eventNumber)
    }
  }

  enum Key: String, CodingKey {
    case time, type, name, uuid, major, minor, delta, event, target, start, parts, status, previous
    case conditions, health
    case eventNumber = "event_nr"
    case previousName = "previous_name"
    case statusText = "status_text"
    case previousText = "previous_text"
  }
}

/// An event as an object.
struct EventLine: Encodable {
  var time: String
  var event: DmEvent

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: JSONLine.Key.self)
    try JSONLine.Subject(time: time, device: event.device, type: event.kind.family)
      .encode(to: &container)
    try container.encode(event.kind, forKey: .event)
    try container.encode(event.delta, forKey: .delta)
    if let name = event.previousName { try container.encode(name, forKey: .previousName) }
    guard let target = event.target else { return }
    try container.encode(target.status.targetType, forKey: .target)
    try container.encode(target.start, forKey: .start)
    try container.encode(target.parts, forKey: .parts)
    try container.encode(target.status, forKey: .status)
    try container.encode(target.status.text, forKey: .statusText)
    try container.encode(target.previous, forKey: .previous)
    try container.encode(target.previous?.text, forKey: .previousText)
  }
}

/// What is true now of one target, as an object.
struct ConditionLine: Encodable {
  var time: String
  var device: ListedDevice
  var target: DeviceConditions.Target

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: JSONLine.Key.self)
    try JSONLine.Subject(time: time, device: device, type: target.family).encode(to: &container)
    try container.encode(target.status.targetType, forKey: .target)
    try container.encode(target.start, forKey: .start)
    try container.encode(target.conditions, forKey: .conditions)
    try container.encode(target.status.health, forKey: .health)
    try container.encode(target.status, forKey: .status)
    try container.encode(target.status.text, forKey: .statusText)
  }
}
