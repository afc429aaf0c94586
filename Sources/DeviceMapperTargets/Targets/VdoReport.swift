/// What a `vdo` target replies to a message: names and values, in groups.
///
/// Text: `{ NAME : VALUE, NAME : { … }, }`, which resembles JSON and isn't. Nothing is lost, names
/// that a later kernel adds included. Two reports are equal when they have the same values under
/// the same names, whatever the order; in JSON a report is an object.
public struct VdoReport: Sendable {
  /// A value.
  public enum Value: Hashable, Sendable {
    /// A number without sign.
    case number(UInt64)
    /// Anything else, such as `normal` or `0.25`.
    case word(String)
    /// A group of values.
    case group(VdoReport)
  }

  /// A name and its value.
  public struct Entry: Hashable, Sendable {
    /// The name, of ASCII letters, digits and `_`.
    public let name: String
    /// The value.
    public let value: Value
  }

  /// The names and values in the kernel's order; no name is there twice.
  public let entries: [Entry]

  init(_ entries: [Entry]) { self.entries = entries }

  /// The value under a name, or under names in nested groups: `report["packer", "diskFull"]`.
  public subscript(path: String...) -> Value? {
    var report = self
    for (index, name) in path.enumerated() {
      guard let value = report.entries.first(where: { $0.name == name })?.value else { return nil }
      if index == path.count - 1 { return value }
      guard case .group(let group) = value else { return nil }
      report = group
    }
    return nil
  }
}

extension VdoReport.Value {
  /// The number, or `nil` for anything else.
  public var number: UInt64? { if case .number(let number) = self { number } else { nil } }
  /// The word, or `nil` for anything else.
  public var word: String? { if case .word(let word) = self { word } else { nil } }
  /// The group, or `nil` for anything else.
  public var group: VdoReport? { if case .group(let group) = self { group } else { nil } }
}

extension VdoReport: Hashable {
  private var values: [String: Value] {
    Dictionary(uniqueKeysWithValues: entries.lazy.map { ($0.name, $0.value) })
  }

  /// Whether both have the same values under the same names.
  public static func == (left: Self, right: Self) -> Bool { left.values == right.values }

  /// Feeds the values and names to `hasher`.
  public func hash(into hasher: inout Hasher) { hasher.combine(values) }
}

extension VdoReport: Codable {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Decodes an object.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Name.self)
    var entries: [Entry] = []
    for key in values.allKeys {
      guard Self.isName(key.stringValue) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: values, debugDescription: "\"\(key.stringValue)\" is no name")
      }
      let value: Value
      if let number = try? values.decode(UInt64.self, forKey: key) {
        value = .number(number)
      } else if let word = try? values.decode(String.self, forKey: key) {
        guard Self.isWord(word) else {
          throw DecodingError.dataCorruptedError(
            forKey: key, in: values, debugDescription: "\"\(word)\" is no value")
        }
        value = .word(word)
      } else {
        value = .group(try values.decode(VdoReport.self, forKey: key))
      }
      entries.append(Entry(name: key.stringValue, value: value))
    }
    self.init(entries.sorted { $0.name < $1.name })
  }

  /// Encodes an object.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Name.self)
    for entry in entries {
      let key = Name(stringValue: entry.name)
      switch entry.value {
      case .number(let number): try values.encode(number, forKey: key)
      case .word(let word): try values.encode(word, forKey: key)
      case .group(let group): try values.encode(group, forKey: key)
      }
    }
  }
}
