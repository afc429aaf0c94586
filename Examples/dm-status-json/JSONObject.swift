import DeviceMapperTargets
import Foundation

/// An object in JSON whose keys stand in the order in which they are added.
///
/// Objects inside have theirs in alphabetical order.
struct JSONObject {
  private let encoder = JSONEncoder()
  private var members: [UInt8] = []

  /// Creates an object without members, in which keys of encryption are shown only if asked for.
  init(showingKeys: Bool = false) {
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.userInfo[.includesKeyMaterial] = showingKeys
  }

  /// The text of the object.
  var bytes: [UInt8] { [UInt8(ascii: "{")] + members + [UInt8(ascii: "}")] }

  /// Adds a member.
  mutating func add(_ key: String, _ value: some Encodable) throws {
    if !members.isEmpty { members.append(UInt8(ascii: ",")) }
    members += "\"\(key)\":".utf8
    members += try encoder.encode(value)
  }

  /// Adds a member if it has a value.
  mutating func add(_ key: String, ifPresent value: (some Encodable)?) throws {
    if let value { try add(key, value) }
  }
}
