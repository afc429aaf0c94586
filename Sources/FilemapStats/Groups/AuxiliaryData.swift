public import DeviceMapperTargets

/// The text that a program keeps with a region: data of its user, and what describes a group.
///
/// Text: `[DMS_GROUP=…#]USERDATA`, where `-` stands for no data.
public struct AuxiliaryData: Hashable, Sendable, Codable {
  /// Nothing.
  public static let none = AuxiliaryData()

  /// The description of the group that the region leads.
  public var tag: GroupTag?
  /// What the user keeps with the region; a list of regions shows it unescaped, so a line break is
  /// refused when it is sent.
  public var userData: TargetText

  /// Creates auxiliary data.
  public init(tag: GroupTag? = nil, userData: TargetText = TargetText()) {
    self.tag = tag
    self.userData = userData
  }

  /// Reads auxiliary data as a list of regions shows it; a tag that can't be read is user data.
  public init(text: TargetText) { self.init(text.bytes) }

  init(_ text: Span<UInt8>) {
    var data = text
    if let (tag, end) = GroupTag.read(text) {
      self.tag = tag
      data = text.extracting(droppingFirst: end)
    }
    let isNone = data.count == 1 && data[0] == UInt8(ascii: "-")
    userData = isNone ? TargetText() : TargetText(bytes: data)
  }

  /// The text as a list of regions shows it.
  public var text: TargetText {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64)
    tag?.write(to: &bytes)
    if userData.isEmpty {
      bytes.append(UInt8(ascii: "-"))
    } else {
      let data = userData.bytes
      for index in data.indices { bytes.append(data[index]) }
    }
    return TargetText(sharing: bytes[...])
  }

  /// Makes sure that a list of regions can show the data, and that the tag can have its alias.
  func check() throws(StatsError) {
    if let tag, let alias = tag.alias { try alias.check(for: tag.spelling) }
    let bytes = userData.bytes
    for index in bytes.indices
    where bytes[index] == 0 || bytes[index] == UInt8(ascii: "\n") {
      throw StatsError(.invalidUserData, context: .byte(bytes[index], offset: index))
    }
  }
}

extension AuxiliaryData {
  /// Appends the text as one word of a message: the kernel takes the byte behind a backslash as it is.
  func write(to text: inout TextWriter) {
    if tag == nil, userData.isEmpty {
      text.word("-")
    } else {
      text.word(escaping: self.text.bytes)
    }
  }
}
