public import DeviceMapperTargets

/// The program that a region belongs to, as it named itself when it created the region.
///
/// The kernel lists the regions of one program on request and makes nothing else of it. Any bytes
/// but NUL and blanks, which a list of regions couldn't be read back with.
public struct ProgramId: Hashable, Sendable, Codable {
  /// The name of `dmstats`, under which it finds regions unless told otherwise.
  public static let dmstats = ProgramId(text: "dmstats")
  /// No program: `-`.
  public static let none = ProgramId(text: "-")

  /// The bytes of the name.
  public let text: TargetText

  init(text: TargetText) { self.text = text }

  /// Creates a name, or returns `nil` when `name` is empty or has a NUL or blank in it.
  public init?(_ name: String) {
    let text = TargetText(name)
    guard !text.isEmpty else { return nil }
    let bytes = text.bytes
    for index in bytes.indices where bytes[index] == 0 || bytes[index].isBlank { return nil }
    self.text = text
  }

  /// Reads the name, and refuses what ``init(_:)`` does.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let program = ProgramId(name) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(name)\" is no name of a program")
    }
    self = program
  }

  /// Writes the name as a string.
  public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}

extension ProgramId: CustomStringConvertible {
  /// The name, with every byte that is not part of UTF-8 shown as `\xNN`.
  public var description: String { text.description }
}

extension UInt8 {
  /// Whether the kernel takes this byte as a separator of words, as C's `isspace` does.
  var isBlank: Bool { self == UInt8(ascii: " ") || self &- 9 < 5 }
}
