import CDeviceMapper
import DeviceMapperTargets

/// What the auxiliary data of a group's leader says of the group.
///
/// Text: `DMS_GROUP=[ALIAS]:MEMBERS#`, the convention of libdevmapper; the kernel knows no groups.
/// Releases up to 1.02.196 wrote the alias as it is, later ones enclose it in quotes, and neither
/// reads the other's. This reads both, and writes either.
public struct GroupTag: Hashable, Sendable, Codable {
  /// How an alias is written.
  public enum Spelling: String, Hashable, Sendable, Codable, CaseIterable {
    /// Between quotes: libdevmapper 1.02.197 and later.
    case quoted
    /// As it is: libdevmapper up to 1.02.196.
    case plain
  }

  /// The name of the group, if it has one.
  public var alias: GroupAlias?
  /// The regions of the group, its leader among them.
  public var members: RegionIds
  /// How the alias is written.
  public var spelling: Spelling

  /// Creates a tag.
  public init(alias: GroupAlias? = nil, members: RegionIds, spelling: Spelling = .installed) {
    self.alias = alias
    self.members = members
    self.spelling = spelling
  }
}

extension GroupTag.Spelling {
  /// What the installed libdevmapper, and so most likely the installed `dmstats`, reads.
  public static let installed = GroupTag.Spelling.read(by: libraryVersion)

  /// The spelling that a version of the library reads, such as `1.02.185 (2022-05-18)`.
  static func read(by version: String) -> Self {
    let text = TargetText(version)
    let bytes = text.bytes
    var parts: [Int] = [0]
    for index in bytes.indices {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit < 10 {
        parts[parts.count - 1] = parts[parts.count - 1] * 10 + Int(digit)
      } else if bytes[index] == UInt8(ascii: "."), parts.count < 3 {
        parts.append(0)
      } else {
        break
      }
    }
    return parts.count == 3 && parts.lexicographicallyPrecedes([1, 2, 197]) ? .plain : .quoted
  }

  private static var libraryVersion: String {
    var buffer = [CChar](repeating: 0, count: 64)
    let found = unsafe buffer.withUnsafeMutableBufferPointer { bytes in
      unsafe dm_get_library_version(bytes.baseAddress, bytes.count) != 0
    }
    guard found, let end = buffer.firstIndex(of: 0) else { return "" }
    return String(decoding: buffer[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension GroupTag {
  private static var key: StaticString { "DMS_GROUP=" }

  /// Reads the tag at the start of auxiliary data.
  ///
  /// - Returns: The tag and the offset of what follows it, or `nil` where there is no readable tag.
  static func read(_ bytes: Span<UInt8>) -> (GroupTag, end: Int)? {
    let start = key.utf8CodeUnitCount
    guard bytes.count > start, bytes.extracting(first: start).isEqual(to: key) else { return nil }
    if bytes[start] == UInt8(ascii: "\""),
      let tag = read(bytes, spelling: .quoted, from: start + 1)
    {
      return tag
    }
    return read(bytes, spelling: .plain, from: start)
  }

  /// Reads an alias and what follows it: the first colon with a list of members and `#` behind it
  /// ends the alias, so that one with colons in it is read whole.
  private static func read(
    _ bytes: Span<UInt8>, spelling: Spelling, from start: Int
  ) -> (GroupTag, end: Int)? {
    for colon in start..<bytes.count where bytes[colon] == UInt8(ascii: ":") {
      var end = colon
      if spelling == .quoted {
        guard colon > start, bytes[colon - 1] == UInt8(ascii: "\"") else { continue }
        end = colon - 1
      }
      guard let (members, behind) = RegionIds.read(bytes, from: colon + 1),
        behind < bytes.count, bytes[behind] == UInt8(ascii: "#")
      else { continue }
      let alias =
        end > start
        ? GroupAlias(found: TargetText(bytes: bytes.extracting(start..<end))) : nil
      return (GroupTag(alias: alias, members: members, spelling: spelling), behind + 1)
    }
    return nil
  }

  /// Appends the tag to auxiliary data that isn't escaped yet.
  func write(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: Self.key.description.utf8)
    if let alias {
      if spelling == .quoted { bytes.append(UInt8(ascii: "\"")) }
      let name = alias.text.bytes
      for index in name.indices { bytes.append(name[index]) }
      if spelling == .quoted { bytes.append(UInt8(ascii: "\"")) }
    }
    bytes.append(UInt8(ascii: ":"))
    members.write(to: &bytes)
    bytes.append(UInt8(ascii: "#"))
  }
}
