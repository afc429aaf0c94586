import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

/// A line of a table that a kernel takes, as text, with legs in the places of `{0}`, `{1}` and so on.
struct TargetRow: CustomTestStringConvertible, Sendable {
  /// Whether a kernel takes what it printed.
  enum Reload {
    /// It does, and prints the same again.
    case same
    /// It prints another table than it took, which isn't loaded again.
    case changes
    /// It takes the table once: the running target has what another would need.
    case once
  }

  let text: String
  let reload: Reload

  init(_ text: String, _ reload: Reload = .same) {
    self.text = text
    self.reload = reload
  }

  var testDescription: String { text }

  /// The table.
  func table(_ legs: Legs) throws -> TargetTable<AnyTarget> {
    try TargetTable(parsing: "0 " + legs.numbered(text))
  }
}

extension TableStatus {
  /// The only line, typed, which prints what the kernel printed.
  func only<Content: TargetContent>(
    _ type: Content.Type, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Content {
    let contents = try contents(type, sourceLocation: sourceLocation)
    try #require(contents.count == 1, sourceLocation: sourceLocation)
    return contents[0]
  }

  /// The lines, typed, which print what the kernel printed.
  func contents<Content: TargetContent>(
    _ type: Content.Type, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [Content] {
    let contents = try parsed(as: type).map(\.content)
    for (content, line) in zip(contents, lines) {
      let kernel = line.content.text
      let isSame = kernel.isSame(as: content.text, in: line.content.targetType)
      #expect(
        isSame, "\(content.text) is printed as \(kernel)", sourceLocation: sourceLocation)
      #expect(!content.isVerbatim, "\(kernel) has a type", sourceLocation: sourceLocation)
    }
    return contents
  }
}

extension TargetText {
  /// The words, keys included.
  var words: [String] { string?.split(separator: " ").map(String.init) ?? [] }

  /// Whether a kernel's text is what is printed here, as far as that isn't better.
  func isSame(as printed: TargetText, in type: TargetType) -> Bool {
    switch type {
    case .integrity:
      // Features are printed in the order of the newest kernel.
      return words.sorted() == printed.words.sorted()
    case .inlinecrypt:
      // The kernel prints a number behind the key which it doesn't take.
      return words == printed.words || words.prefix(2) + words.dropFirst(3) == printed.words[...]
    default: return self == printed
    }
  }
}

extension TargetContent {
  /// Whether the target has no type of its own.
  var isVerbatim: Bool {
    switch self {
    case let target as AnyTarget: target.content is VerbatimTarget
    case let status as AnyStatus: status.content is VerbatimTarget
    default: false
    }
  }
}

extension DM {
  /// Waits until a device, if it is an array, has nothing under way: Linux 6.1 may crash when one goes
  /// away in the middle of its first synchronisation.
  ///
  /// - Returns: Whether that was so in time.
  func isAtRest(_ name: DmName) async throws -> Bool {
    try await eventually {
      let status = try tableStatus(.name(name), options: DmOptions(flags: .noFlush)).only(
        AnyStatus.self)
      return status.targetType != .raid || status.health.progress == nil
    }
  }
}
